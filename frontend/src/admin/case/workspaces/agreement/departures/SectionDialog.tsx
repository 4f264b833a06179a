import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import Typography from "@mui/material/Typography";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useMemo } from "react";
import { useNotify, useTranslate } from "react-admin";
import { useController, useWatch } from "react-hook-form";
import { api } from "../../../../app/http/api";
import { ApiProblem } from "../../../../app/http/problem";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";
import { Redline } from "../../../../app/ui/Redline";
import { useDelayed } from "../../../../app/useDelayed";
import type { Wording } from "../../../../templates/editor/schema";
import { TextEditor } from "../../../../templates/editor/TextEditor";
import { named, type Section } from "./types";

const TYPING_MS = 500;

interface Values {
  body: string;
  reason: string;
}

/** What references in a filled text say, by their keys. */
function referencesOf(text: string): Map<string, string> {
  const parsed = new DOMParser().parseFromString(`<div>${text}</div>`, "application/xml");
  return new Map(
    [...parsed.querySelectorAll("[data-ref]")].map((each) => [
      each.getAttribute("data-ref") ?? "",
      each.textContent ?? "",
    ]),
  );
}

/** A filled text has neither variables nor conditions any more; promises in it are marked. */
function useWording(text: string): Wording {
  const t = useTranslate();
  return useMemo(() => {
    const references = referencesOf(text);
    return {
      variable: (name) => name,
      badge: (attributes) => (attributes["data-obligation"] ? t("admin.editor.obligation") : ""),
      reference: (key) => references.get(key) ?? key,
      placeholder: t("admin.editor.placeholder"),
    };
  }, [text, t]);
}

function Text({ section }: { section: Section }) {
  const t = useTranslate();
  const id = useId();
  const { field, fieldState } = useController<Values, "body">({ name: "body" });
  const wording = useWording(section.text);
  const problem = fieldState.error?.message;
  return (
    <Box
      role="group"
      aria-label={t("admin.workspace.departures.new_text")}
      {...(problem ? { "aria-describedby": id } : {})}
      sx={{
        minWidth: 0,
        "--toolbar-top": "0px",
        "--clauses-before": (section.number ?? 1) - 1,
        "& .tiptap": { minHeight: 220 },
        ...(section.number === null ? { "& .tiptap h2::before": { content: "none" } } : {}),
      }}
    >
      <TextEditor
        stored={section.text}
        label={t("admin.workspace.departures.text_of", { section: named(section) })}
        editable
        wording={wording}
        variables={null}
        onChange={field.onChange}
        shown={null}
      />
      {problem && (
        <FormHelperText error id={id} role="alert">
          {problem}
        </FormHelperText>
      )}
    </Box>
  );
}

const isChanged = (html: string): boolean => /<(ins|del)>/.test(html);

function saidOf(problem: Error): string {
  const errors: { body?: string } = problem instanceof ApiProblem ? problem.body.errors : {};
  return errors.body ?? problem.message;
}

/** The change as legal will read it, a moment after each key. */
function Change({ path, number }: { path: string; number: number | null }) {
  const t = useTranslate();
  const body = useDelayed<string>(useWatch<Values, "body">({ name: "body" }), TYPING_MS);
  const { data, error } = useQuery({
    queryKey: ["compared", path, body],
    queryFn: () => api.post<{ html: string }>(`${path}/compare`, { body }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Box component="section" aria-live="polite" sx={{ minWidth: 0 }}>
      <Typography variant="subtitle2" component="h3" sx={{ mb: 1 }}>
        {t("admin.workspace.departures.change")}
      </Typography>
      {error && <Alert severity="warning">{saidOf(error)}</Alert>}
      {!error && data && isChanged(data.html) && <Redline html={data.html} section={number} />}
      {!error && data && !isChanged(data.html) && (
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.departures.as_approved")}
        </Typography>
      )}
    </Box>
  );
}

interface Props {
  caseId: string;
  section: Section;
  /** Why it reads otherwise already. */
  reason: string;
  onClose: () => void;
}

/** Rewrite one section of the draft: its text, why, and the change as it will be read. */
export default function SectionDialog({ caseId, section, reason, onClose }: Props) {
  const t = useTranslate();
  const notify = useNotify();
  const path = `/cases/${caseId}/agreement/sections/${section.id}`;
  return (
    <FormDialog<Values>
      wide
      title={t("admin.workspace.departures.edit_title", { section: named(section) })}
      intro={t("admin.workspace.departures.edit_intro")}
      submit={t("admin.workspace.departures.keep")}
      initial={{ body: section.text, reason }}
      act={async (values) => {
        await api.post(`${path}/rewrite`, { ...values, seen: section.text });
        notify("admin.workspace.departures.kept", { type: "success" });
      }}
      onClose={onClose}
    >
      <Box
        sx={{
          display: "grid",
          gap: 3,
          alignItems: "start",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "minmax(0, 3fr) minmax(0, 2fr)" },
        }}
      >
        <Text section={section} />
        <Box sx={{ display: "grid", gap: 2.5, gridTemplateColumns: "minmax(0, 1fr)" }}>
          <TextLine
            name="reason"
            label={t("admin.workspace.departures.reason")}
            help={t("admin.workspace.departures.reason_help")}
            multiline
            minRows={3}
            required
          />
          <Change path={path} number={section.number} />
        </Box>
      </Box>
    </FormDialog>
  );
}
