import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import { type FieldProblem, fieldErrors } from "../../../app/http/problem";
import { useApi } from "../../../app/http/useApi";
import { Folded } from "../../../app/ui/Folded";
import { Loaded } from "../../../app/ui/Loaded";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SaveMark } from "../shared/SaveMark";
import { useFirstMark } from "../shared/useFirstMark";
import { useSaved } from "../shared/useSaved";
import { AgreementFields } from "./AgreementFields";
import { AgreementText } from "./AgreementText";
import { Attachments } from "./attachments/Attachments";
import { SectionsPanel } from "./departures/SectionsPanel";
import { DiscussionPanel } from "./discussion/DiscussionPanel";
import { Gaps } from "./Gaps";
import { LastReview } from "./LastReview";
import { TemplateChoice } from "./TemplateChoice";
import type { AgreementEdit, AgreementView } from "./types";
import { TextVersions } from "./versions/TextVersions";

/** The text beside the questions where there is room, below them elsewhere. */
const sideBySide = {
  display: "grid",
  gap: 2.5,
  alignItems: "start",
  gridTemplateColumns: "minmax(0, 1fr)",
  "@container (min-width: 760px)": { gridTemplateColumns: "minmax(0, 4fr) minmax(0, 5fr)" },
} as const;

function editOf(view: AgreementView): AgreementEdit {
  const chosen = view.template ?? view.templates.find(({ fits }) => fits) ?? view.templates[0];
  return {
    template_id: chosen?.id ?? "",
    language: view.language,
    fields: Object.fromEntries(view.fields.map(({ name, value }) => [name, value])),
  };
}

function Draft({ view, ...props }: WorkspaceProps & { view: AgreementView }) {
  const t = useTranslate();
  const saved = useSaved(`/cases/${props.caseId}/agreement`, view, editOf);
  const { room, goToFirst } = useFirstMark();
  const place = (problems: FieldProblem[]): FieldProblem[] => {
    const marks = fieldErrors(problems);
    saved.mark(marks);
    goToFirst();
    return problems.filter(({ pointer }) => !/^\/(fields\/|template_id|language)/.test(pointer));
  };
  return (
    <Box sx={{ containerType: "inline-size" }}>
      <Box ref={room} sx={sideBySide}>
        <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
          <LastReview view={saved.view} />
          <SaveMark saved={saved} />
          <TemplateChoice saved={saved} />
          <AgreementFields saved={saved} />
          <Gaps gaps={saved.view.gaps} />
          <SectionsPanel caseId={props.caseId} version={saved.view.version} save={saved.save} />
          <Attachments caseId={props.caseId} />
          <DiscussionPanel caseId={props.caseId} />
          <Folded title={t("admin.workspace.versions.title")}>
            <TextVersions caseId={props.caseId} />
          </Folded>
          <Closing
            {...props}
            before={saved.save}
            onProblems={place}
            submitLabel={() => t("admin.workspace.agreement.submit")}
          />
        </Box>
        <AgreementText view={saved.view} caseId={props.caseId} />
      </Box>
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
