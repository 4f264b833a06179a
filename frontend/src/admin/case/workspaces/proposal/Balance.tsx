import Balanced from "@mui/icons-material/CheckCircleOutlined";
import Unbalanced from "@mui/icons-material/ErrorOutlineOutlined";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { formatOre } from "../../../app/money";
import { type Sums, sums } from "./balance";
import type { PlanEdit } from "./types";

function sentence({ total, funded, missing }: Sums): string {
  if (total === 0 && funded === 0) return "admin.money.none_hint";
  if (missing > 0) return "admin.workspace.balance.missing";
  return missing < 0 ? "admin.workspace.balance.too_much" : "admin.workspace.balance.balanced";
}

/** Whether the money adds up, live. */
export function Balance({ plan }: { plan: PlanEdit }) {
  const t = useTranslate();
  const counted = sums(plan);
  const { total, funded, missing } = counted;
  const even = missing === 0 && total > 0;
  const Icon = even ? Balanced : Unbalanced;
  return (
    <Box
      role="status"
      sx={(theme) => ({
        display: "flex",
        gap: 1.25,
        alignItems: "center",
        flexWrap: "wrap",
        px: 1.5,
        py: 1,
        borderRadius: 1,
        backgroundColor: theme.palette.tones[even ? "success" : "warning"].background,
        color: theme.palette.tones[even ? "success" : "warning"].text,
      })}
    >
      <Icon aria-hidden fontSize="small" />
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t(sentence(counted), { amount: formatOre(Math.abs(missing)) })}
      </Typography>
      <Typography variant="body2" sx={{ ml: "auto" }}>
        {t("admin.workspace.balance.sums", { total: formatOre(total), funded: formatOre(funded) })}
      </Typography>
    </Box>
  );
}
