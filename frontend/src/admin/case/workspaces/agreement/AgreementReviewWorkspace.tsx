import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import { Folded } from "../../../app/ui/Folded";
import { Loaded } from "../../../app/ui/Loaded";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { AgreementText } from "./AgreementText";
import { Attachments } from "./attachments/Attachments";
import { DeparturesReview } from "./departures/DeparturesReview";
import { DiscussionPanel } from "./discussion/DiscussionPanel";
import type { AgreementView } from "./types";
import { TextVersions } from "./versions/TextVersions";

/** Legal reads the agreement as the partners will, and approves it or sends it back. */
export default function AgreementReviewWorkspace(props: WorkspaceProps) {
  const t = useTranslate();
  const label = ({ verdict }: Record<string, unknown>) =>
    t(`admin.workspace.agreement.verdict.${verdict ?? "none"}`, {
      _: t("admin.task.submit.approve_agreement"),
    });
  const query = useApi<AgreementView>(`/cases/${props.caseId}/agreement`);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Loaded query={query} lines={8} height={36}>
        {(view) => (
          <>
            {view.submission_note && (
              <Alert severity="info">
                {t("admin.workspace.agreement.note")} {view.submission_note}
              </Alert>
            )}
            <DeparturesReview caseId={props.caseId}>
              <AgreementText view={view} caseId={props.caseId} />
            </DeparturesReview>
            <Attachments caseId={props.caseId} />
            <DiscussionPanel caseId={props.caseId} />
            <Folded title={t("admin.workspace.versions.title")}>
              <TextVersions caseId={props.caseId} />
            </Folded>
          </>
        )}
      </Loaded>
      <Closing {...props} submitLabel={label} />
    </Box>
  );
}
