import Gavel from "@mui/icons-material/GavelOutlined";
import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import type { RuleTrace } from "./types";

/** Why it is decided here: the rule that chose the level, and the authority behind it. */
export function Authority({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const rules = useApi<RuleTrace[]>(`/cases/${caseId}/rules`, {}, { missingIsEmpty: true });
  const rule = rules.data?.find(({ outputs }) => outputs.decision_level);
  if (!rule) return null;
  const level = t(`decisions.level.${rule.outputs.decision_level}`);
  return (
    <Alert severity="info" icon={<Gavel fontSize="inherit" />} sx={{ alignItems: "flex-start" }}>
      <AlertTitle sx={{ mb: 0.25 }}>{t("admin.workspace.decision.level", { level })}</AlertTitle>
      {rule.sentence}
      {rule.outputs.legal_reference && (
        <div>{t("admin.workspace.decision.reference", { name: rule.outputs.legal_reference })}</div>
      )}
    </Alert>
  );
}
