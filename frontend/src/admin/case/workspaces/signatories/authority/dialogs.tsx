import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import { useNotify, useTranslate } from "react-admin";
import { useController } from "react-hook-form";
import { api } from "../../../../app/http/api";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";
import { RuleFields } from "./RuleFields";
import { NO_RULE, type RuleValues, ruleOf } from "./rule";
import type { Known } from "./types";

interface Props {
  /** Where the party's authority is in the API. */
  path: string;
  known: readonly Known[];
  onClose: () => void;
}

function FileField() {
  const t = useTranslate();
  const { field, fieldState } = useController({
    name: "file",
    rules: { required: t("admin.form.required") },
  });
  const chosen = field.value as File | null;
  return (
    <div>
      <Button component="label" variant="outlined">
        {chosen?.name ?? t("admin.workspace.authority.minutes_file")}
        <input
          hidden
          type="file"
          accept="application/pdf,image/png,image/jpeg"
          aria-label={t("admin.workspace.authority.minutes_file")}
          onChange={(event) => field.onChange(event.target.files?.[0] ?? null)}
        />
      </Button>
      {fieldState.invalid && <FormHelperText error>{fieldState.error?.message}</FormHelperText>}
    </div>
  );
}

function useDone(what: string) {
  const notify = useNotify();
  return () => notify(`admin.workspace.authority.${what}_done`, { type: "success" });
}

/** Upload minutes that name who may sign. */
export function MinutesDialog({ path, known, onClose }: Props) {
  const t = useTranslate();
  const done = useDone("minutes");
  return (
    <FormDialog<RuleValues & { file: File | null }>
      title={t("admin.workspace.authority.minutes")}
      intro={t("admin.workspace.authority.minutes_intro")}
      submit={t("admin.workspace.authority.minutes_submit")}
      initial={{ ...NO_RULE, file: null } as never}
      act={async ({ file, ...values }) => {
        const form = new FormData();
        if (file) form.set("file", file);
        form.set("rule", JSON.stringify(ruleOf(values, known)));
        await api.postForm(`${path}/minutes`, form);
        done();
      }}
      onClose={onClose}
    >
      <FileField />
      <RuleFields known={known} byLegal={false} />
    </FormDialog>
  );
}

/** Legal decides who may sign, and why. */
export function DecideDialog({ path, known, onClose }: Props) {
  const t = useTranslate();
  const done = useDone("decide");
  return (
    <FormDialog<RuleValues & { reason: string }>
      title={t("admin.workspace.authority.decide")}
      intro={t("admin.workspace.authority.decide_intro")}
      submit={t("admin.workspace.authority.decide_submit")}
      initial={{ ...NO_RULE, reason: "" }}
      act={async ({ reason, ...values }) => {
        await api.post(`${path}/decide`, { rule: ruleOf(values, known), reason });
        done();
      }}
      onClose={onClose}
    >
      <RuleFields known={known} byLegal />
      <TextLine
        name="reason"
        label={t("admin.workspace.authority.reason")}
        multiline
        minRows={2}
        required
      />
    </FormDialog>
  );
}

/** One text that says why, or what is asked. */
export function SayDialog({ path, what, onClose }: Props & { what: "ask" | "confirm" }) {
  const t = useTranslate();
  const done = useDone(what);
  const field = what === "ask" ? "question" : "reason";
  const label = what === "ask" ? "ask_question" : "reason";
  return (
    <FormDialog<Record<string, string>>
      title={t(`admin.workspace.authority.${what}`)}
      intro={t(`admin.workspace.authority.${what}_intro`)}
      submit={t(`admin.workspace.authority.${what}_submit`)}
      initial={{ [field]: "" }}
      act={async (values) => {
        await api.post(`${path}/${what}`, values);
        done();
      }}
      onClose={onClose}
    >
      <TextLine
        name={field}
        label={t(`admin.workspace.authority.${label}`)}
        multiline
        minRows={2}
        required
      />
    </FormDialog>
  );
}
