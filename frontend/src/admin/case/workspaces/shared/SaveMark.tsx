import CloudDone from "@mui/icons-material/CloudDoneOutlined";
import ErrorOutline from "@mui/icons-material/ErrorOutlineOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useLocaleState, useTranslate } from "react-admin";
import { clockTime } from "../../../app/dates";
import type { Saved, SaveState } from "./useSaved";

type Kept = Pick<Saved<unknown, object>, "state" | "savedAt" | "takeTheirs" | "keepMine">;

/** What is said for several things at once: the one that needs most care. */
const BY_CARE: readonly SaveState[] = ["conflict", "refused", "saving", "changed"];

function Conflict({ saved }: { saved: Kept }) {
  const t = useTranslate();
  return (
    <Alert
      severity="warning"
      sx={{ flexWrap: { xs: "wrap", sm: "nowrap" } }}
      action={
        <Box sx={{ display: "flex", gap: 0.5, flexWrap: "wrap" }}>
          <Button size="small" color="inherit" onClick={() => void saved.takeTheirs()}>
            {t("admin.workspace.take_theirs")}
          </Button>
          <Button size="small" color="inherit" onClick={() => void saved.keepMine()}>
            {t("admin.workspace.keep_mine")}
          </Button>
        </Box>
      }
    >
      {t("admin.workspace.conflict")}
    </Alert>
  );
}

/** Whether what is typed is safe, and since when; after a conflict, the two ways on. */
export function SaveMark({ saved }: { saved: Kept | readonly Kept[] }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const all = "state" in saved ? [saved] : saved;
  const conflicting = all.find(({ state }) => state === "conflict");
  if (conflicting) return <Conflict saved={conflicting} />;
  const state = BY_CARE.find((each) => all.some((one) => one.state === each)) ?? "saved";
  const times = all
    .flatMap(({ savedAt }) => savedAt ?? [])
    .sort((a, b) => b.getTime() - a.getTime());
  const text =
    state === "saved" && times[0]
      ? t("admin.workspace.save.saved_at", { time: clockTime(times[0], locale) })
      : t(`admin.workspace.save.${state}`);
  const Icon = state === "refused" ? ErrorOutline : CloudDone;
  return (
    <Typography
      role="status"
      aria-live={state === "refused" ? "polite" : "off"}
      variant="caption"
      component="p"
      sx={(theme) => ({
        display: "inline-flex",
        gap: 0.75,
        alignItems: "center",
        minHeight: 20,
        color: theme.palette.tones[state === "refused" ? "danger" : "neutral"].textSubtle,
      })}
    >
      <Icon
        aria-hidden
        sx={{ fontSize: 16, opacity: state === "saving" || state === "changed" ? 0.35 : 1 }}
      />
      {text}
    </Typography>
  );
}
