import Gavel from "@mui/icons-material/GavelOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import type { Page as ApiPage } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import { Empty } from "../../../app/ui/Empty";
import { Loaded } from "../../../app/ui/Loaded";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { ProposalSummary } from "./ProposalSummary";
import type { ProposalVersion, RuleTrace } from "./types";

/** Why this person decides: the rule that chose the level, and the law behind it. */
function Authority({ caseId }: { caseId: string }) {
  const rules = useApi<RuleTrace[]>(`/cases/${caseId}/rules`, {}, { missingIsEmpty: true });
  const rule = rules.data?.find(({ table }) => table === "delegation");
  if (!rule) return null;
  return (
    <Alert severity="info" icon={<Gavel fontSize="inherit" />}>
      {rule.sentence} {rule.outputs.legal_reference}
    </Alert>
  );
}

const newest = (
  versions: ApiPage<ProposalVersion> | ProposalVersion[],
): ProposalVersion | undefined =>
  [...(Array.isArray(versions) ? versions : versions.items)].sort((a, b) => b.number - a.number)[0];

/** Decide on co-funding: what is proposed, on which authority, and the decision with its reasons. */
export default function DecisionWorkspace(props: WorkspaceProps) {
  const t = useTranslate();
  const versions = useApi<ApiPage<ProposalVersion> | ProposalVersion[]>(
    `/cases/${props.caseId}/proposal/versions`,
  );
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Authority caseId={props.caseId} />
      <Loaded query={versions} lines={6}>
        {(found) => {
          const version = newest(found);
          return version ? (
            <ProposalSummary version={version} caseId={props.caseId} />
          ) : (
            <Empty title={t("admin.workspace.decision.no_proposal")} />
          );
        }}
      </Loaded>
      <Closing {...props} />
    </Box>
  );
}
