import Box from "@mui/material/Box";
import { useApi } from "../../../app/http/useApi";
import { Loaded } from "../../../app/ui/Loaded";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SaveMark } from "../shared/SaveMark";
import { useSaved } from "../shared/useSaved";
import { AgreementFields } from "./AgreementFields";
import { AgreementText } from "./AgreementText";
import { Gaps } from "./Gaps";
import { LastReview } from "./LastReview";
import { TemplateChoice } from "./TemplateChoice";
import type { AgreementEdit, AgreementView } from "./types";

function editOf(view: AgreementView): AgreementEdit {
  const chosen = view.template ?? view.templates.find(({ fits }) => fits) ?? view.templates[0];
  return {
    template_id: chosen?.id ?? "",
    language: view.language,
    fields: Object.fromEntries(view.fields.map(({ name, value }) => [name, value])),
  };
}

function Draft({ view, ...props }: WorkspaceProps & { view: AgreementView }) {
  const saved = useSaved(`/cases/${props.caseId}/agreement`, view, editOf);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <SaveMark saved={saved} />
      <LastReview view={saved.view} />
      <TemplateChoice saved={saved} />
      <AgreementFields saved={saved} />
      <Gaps gaps={saved.view.gaps} />
      <AgreementText view={saved.view} caseId={props.caseId} />
      <Closing {...props} before={saved.save} />
    </Box>
  );
}

/** Draft the agreement: choose the template, answer what it asks, read it as it will be. */
export default function AgreementWorkspace(props: WorkspaceProps) {
  const query = useApi<AgreementView>(`/cases/${props.caseId}/agreement`);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Loaded query={query} lines={8} height={36}>
        {(view) => <Draft {...props} view={view} />}
      </Loaded>
    </Box>
  );
}
