import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useMemo } from "react";
import { useTranslate } from "react-admin";
import { type FieldProblem, fieldErrors } from "../../../app/http/problem";
import { useApi } from "../../../app/http/useApi";
import { Loaded } from "../../../app/ui/Loaded";
import type { CaseDetail } from "../../types";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SaveMark } from "../shared/SaveMark";
import { useFirstMark } from "../shared/useFirstMark";
import { useSaved } from "../shared/useSaved";
import { useAuthorities } from "./authority/useAuthorities";
import { Countersigner } from "./Countersigner";
import { PartySigners } from "./PartySigners";
import { leastOf } from "./SignerTerms";
import type { SignatoriesEdit, SignatoriesView } from "./types";

const editOf = (view: SignatoriesView): SignatoriesEdit => ({
  signatories: view.signatories.map((request) => ({
    party_id: request.party_id,
    contact_id: request.contact_id,
    method: request.required_method === leastOf(request) ? null : request.required_method,
    order: request.order,
  })),
  countersigner_id: view.countersigner?.id ?? null,
  deadline_on: view.deadline_on,
});

interface Arrangement extends WorkspaceProps {
  view: SignatoriesView;
  found: CaseDetail;
}

function Arrange({ view, found, task, ...props }: Arrangement) {
  const t = useTranslate();
  const saved = useSaved(`/cases/${props.caseId}/signatories`, view, editOf);
  const authorities = useAuthorities(props.caseId);
  const { room, goToFirst } = useFirstMark();
  const usual = view.deadline_on;
  const withDeadline = useMemo(
    () => ({ ...task, draft: { deadline_on: usual, ...task.draft } }),
    [task, usual],
  );
  const place = (problems: FieldProblem[]): FieldProblem[] => {
    saved.mark(fieldErrors(problems));
    goToFirst();
    return problems.filter(({ pointer }) => !/^\/(signatories|countersigner_id)/.test(pointer));
  };
  return (
    <Box ref={room} sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, justifyContent: "space-between" }}>
        <Typography variant="h3">{t("admin.workspace.signing.who")}</Typography>
        <SaveMark saved={saved} />
      </Box>
      {saved.errors.signatories && <Alert severity="error">{saved.errors.signatories}</Alert>}
      {saved.view.parties.map((party) => (
        <PartySigners
          key={party.id}
          party={party}
          caseId={props.caseId}
          partner={found.parties.find(({ id }) => id === party.id)}
          saved={saved}
          authority={authorities?.parties.find(({ party_id }) => party_id === party.id)}
          required={authorities?.required ?? false}
        />
      ))}
      <Countersigner saved={saved} />
      <Closing {...props} task={withDeadline} before={saved.save} onProblems={place} />
    </Box>
  );
}

/** Choose who signs for each party, who countersigns, and until when; then send it out. */
export default function SignatoriesWorkspace(props: WorkspaceProps) {
  const query = useApi<SignatoriesView>(`/cases/${props.caseId}/signatories`);
  const found = useApi<CaseDetail>(`/cases/${props.caseId}`);
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <Intro task={props.task} />
      <Loaded query={found} lines={5} height={36}>
        {(detail) => (
          <Loaded query={query} lines={5} height={36}>
            {(view) => <Arrange {...props} view={view} found={detail} />}
          </Loaded>
        )}
      </Loaded>
    </Box>
  );
}
