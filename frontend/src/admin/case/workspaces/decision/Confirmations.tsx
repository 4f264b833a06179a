import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import { Standings } from "../proposal/readings/Standings";
import type { ReadingsView } from "../proposal/readings/types";

/** Which parties confirmed what is decided on: a warning where some did not, never a hindrance. */
export function Confirmations({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const { data } = useApi<ReadingsView>(`/cases/${caseId}/proposal/readings`);
  if (!data || data.parties.length === 0) return null;
  const all = data.parties.every(({ standing }) => standing === "confirmed");
  return (
    <Box component="section" sx={{ display: "grid", gap: 1 }}>
      <Typography variant="h3">{t("admin.workspace.readings.standings")}</Typography>
      <Alert severity={all ? "success" : "warning"}>
        {t(`admin.workspace.readings.${all ? "all_confirmed" : "unconfirmed"}`)}
      </Alert>
      <Standings parties={data.parties} />
    </Box>
  );
}
