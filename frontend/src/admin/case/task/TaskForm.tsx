import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import type { IChangeEvent } from "@rjsf/core";
import { generateForm } from "@rjsf/mui";
import type { ErrorSchema } from "@rjsf/utils";
import { useMemo, useState } from "react";
import { useTranslate } from "react-admin";
import { ApiProblem, type FieldProblem } from "../../app/http/problem";
import { useAct } from "../../app/http/useAct";
import type { TaskDetail } from "../types";
import { completeTask } from "./completeTask";
import { DraftMark } from "./DraftMark";
import { drawable } from "./drawable";
import { errorSchemaOf, inWords } from "./formErrors";
import { schemaValidator } from "./schemaValidator";
import { useDraft } from "./useDraft";
import { FORM_WIDGETS, type FormContext } from "./widgets";

interface Props {
  task: TaskDetail;
  caseId: string;
  onCompleted: () => void;
  /** Done before the task is completed, for example saving what a workspace holds; false holds it back. */
  before?: () => Promise<boolean>;
  /** Show what has its place elsewhere in the workspace; answers what is left to be said here. */
  onProblems?: (problems: FieldProblem[]) => FieldProblem[];
  /** What the button promises, where it follows from the answers. */
  submitLabel?: (answers: Answers) => string;
}

export type Answers = Record<string, unknown>;

const AnswersForm = generateForm<Answers>();

/** The task's own form, drawn from its JSON Schema. What is typed is kept as a draft. */
export default function TaskForm(props: Props) {
  const { task, caseId, onCompleted, before, onProblems, submitLabel } = props;
  const t = useTranslate();
  const [answers, setAnswers] = useState<Answers>(task.draft ?? {});
  const [refused, setRefused] = useState<ErrorSchema<Answers>>({});
  const [others, setOthers] = useState<string[]>([]);
  const draft = useDraft(task);
  const context = useMemo<FormContext>(() => ({ caseId }), [caseId]);
  const { schema, ui } = useMemo(() => drawable(task), [task]);
  const complete = useAct(
    async (given: Answers) => {
      const held = before && !(await before());
      return held ? null : completeTask(task, given);
    },
    {
      onDone: (completed) => {
        if (!completed) return;
        draft.drop();
        onCompleted();
      },
      onProblem: (problem) => {
        if (!(problem instanceof ApiProblem) || !problem.problem.errors) return false;
        const known = Object.keys(schema.properties ?? {});
        const here = onProblems?.(problem.problem.errors) ?? problem.problem.errors;
        const found = errorSchemaOf(here, known);
        setRefused(found.schema);
        setOthers(found.others);
        return true;
      },
    },
  );
  const onChange = ({ formData }: IChangeEvent<Answers>) => {
    setAnswers(formData ?? {});
    setRefused({});
    draft.save(formData ?? {});
  };
  return (
    <AnswersForm
      schema={schema}
      uiSchema={ui}
      formData={answers}
      formContext={context}
      validator={schemaValidator}
      widgets={FORM_WIDGETS}
      extraErrors={refused}
      extraErrorsBlockSubmit={false}
      transformErrors={(errors) => inWords(errors, t)}
      experimental_defaultFormStateBehavior={{ constAsDefaults: "never" }}
      showErrorList={false}
      focusOnFirstError
      noHtml5Validate
      onError={() => undefined}
      onChange={onChange}
      onSubmit={({ formData }) => {
        setOthers([]);
        complete.mutate(formData ?? {});
      }}
    >
      {others.length > 0 && (
        <Alert severity="error" sx={{ mt: 2 }}>
          {others.map((each) => (
            <div key={each}>{each}</div>
          ))}
        </Alert>
      )}
      <Box sx={{ mt: 2.5, display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center" }}>
        <Button type="submit" variant="contained" size="large" disabled={complete.isPending}>
          {submitLabel?.(answers) ??
            t(`admin.task.submit.${task.element}`, { _: t("admin.task.complete") })}
        </Button>
        <DraftMark savedAt={draft.savedAt} />
      </Box>
    </AnswersForm>
  );
}
