import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import type { Page as ApiPage } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import { formatOre } from "../../../app/money";
import { Empty } from "../../../app/ui/Empty";
import { Loaded } from "../../../app/ui/Loaded";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { Authority } from "./Authority";
import { Confirmations } from "./Confirmations";
import { ProposalSummary } from "./ProposalSummary";
import { Statements } from "./Statements";
import type { ProposalVersion } from "./types";

function Decide({ version, ...props }: WorkspaceProps & { version: ProposalVersion }) {
  const t = useTranslate();
  const label = ({ outcome }: Record<string, unknown>) =>
    t(`admin.workspace.decision.submit.${outcome ?? "none"}`, {
      amount: formatOre(version.amount_ore),
      _: t("admin.task.submit.decide_co_funding"),
    });
  return (
    <>
      <ProposalSummary version={version} />
      <Statements caseId={props.caseId} />
      <Confirmations caseId={props.caseId} />
      <Authority caseId={props.caseId} />
      <Closing {...props} submitLabel={label} />
    </>
  );
}

/** Decide on co-funding: what is proposed, on which authority, and the decision with its reasons. */
export default function DecisionWorkspace(props: WorkspaceProps) {
  const t = useTranslate();
  const versions = useApi<ApiPage<ProposalVersion>>(`/cases/${props.caseId}/proposal/versions`, {
    per_page: 200,
  });
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <Intro task={props.task} />
      <Loaded query={versions} lines={6}>
        {({ items }) => {
          const newest = items.toSorted((one, other) => other.number - one.number)[0];
          return newest ? (
            <Decide {...props} version={newest} />
          ) : (
            <Empty title={t("admin.workspace.decision.no_proposal")} />
          );
        }}
      </Loaded>
    </Box>
  );
}
