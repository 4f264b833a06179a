import Balanced from "@mui/icons-material/CheckCircleOutlined";
import Unbalanced from "@mui/icons-material/ErrorOutlineOutlined";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { formatOre } from "../../../app/money";
import { balanceInWords, type Giver, shareInWords, shares, sums } from "./balance";
import type { PlanEdit } from "./types";

/** Whether the money adds up, live, and what each one brings. */
export function Balance({ plan, givers }: { plan: PlanEdit; givers: readonly Giver[] }) {
  const t = useTranslate();
  const counted = sums(plan);
  const { total, funded, missing } = counted;
  const even = missing === 0 && total > 0;
  const begun = total > 0 || funded > 0;
  const tone = even ? "success" : begun ? "warning" : "neutral";
  const Icon = even ? Balanced : Unbalanced;
  return (
    <Box
      component="section"
      aria-label={t("admin.workspace.balance.title")}
      sx={(theme) => ({
        px: 1.75,
        py: 1.25,
        borderRadius: 1,
        backgroundColor: theme.palette.tones[tone].background,
        color: theme.palette.tones[tone].text,
      })}
    >
      <Box sx={{ display: "flex", gap: 1 }}>
        <Icon aria-hidden fontSize="small" sx={{ mt: 0.25 }} />
        <Box>
          <Typography role="status" sx={{ fontWeight: 600 }}>
            {balanceInWords(counted, t)}
          </Typography>
          {begun && (
            <Typography variant="body2">
              {t("admin.workspace.balance.sums", {
                total: formatOre(total),
                funded: formatOre(funded),
              })}
            </Typography>
          )}
        </Box>
      </Box>
      {begun && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 5.75, fontSize: "0.875rem" }}>
          {shares(plan, givers).map((share) => (
            <li key={share.party_id ?? "municipality"}>
              {share.name}: {shareInWords(share, t)}
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}
