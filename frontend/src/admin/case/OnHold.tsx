import PauseCircle from "@mui/icons-material/PauseCircleOutlined";
import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useLocaleState, useTranslate } from "react-admin";
import { fullDate } from "../app/dates";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import type { CaseDetail } from "./types";

/** Says that the case rests, why and until when, and takes it up again. */
export function OnHold({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const resume = useAct<void>(() => api.post(`/cases/${found.id}/resume`, {}));
  const { hold } = found;
  if (!hold) return null;
  return (
    <Alert
      severity="warning"
      icon={<PauseCircle fontSize="inherit" />}
      sx={{ mb: 2, flexWrap: { xs: "wrap", sm: "nowrap" } }}
      action={
        found.can.includes("resume") && (
          <Button
            variant="outlined"
            color="inherit"
            size="small"
            disabled={resume.isPending}
            onClick={() => resume.mutate()}
          >
            {t("admin.act.resume")}
          </Button>
        )
      }
    >
      <AlertTitle>
        {hold.until_on
          ? t("admin.hold.until", { date: fullDate(hold.until_on, locale) })
          : t("admin.hold.title")}
      </AlertTitle>
      <Box sx={{ whiteSpace: "pre-line" }}>{hold.reason}</Box>
      <Box sx={{ fontSize: "0.85rem", mt: 0.5 }}>
        {t("admin.hold.by", {
          name: hold.held_by?.name ?? "",
          date: fullDate(hold.held_at, locale),
        })}
      </Box>
    </Alert>
  );
}
