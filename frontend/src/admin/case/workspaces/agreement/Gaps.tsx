import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import type { AgreementView } from "./types";

/** What the text needs and the case does not hold yet. */
export function Gaps({ gaps }: { gaps: AgreementView["gaps"] }) {
  const t = useTranslate();
  if (gaps.length === 0) return null;
  return (
    <Alert severity="warning" sx={{ alignItems: "flex-start" }}>
      <AlertTitle>{t("admin.workspace.agreement.gaps")}</AlertTitle>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {gaps.map(({ variable, clause, label }) => (
          <li key={variable + clause}>
            {label} ({clause})
          </li>
        ))}
      </Box>
    </Alert>
  );
}
