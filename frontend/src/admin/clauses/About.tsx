import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormGroup from "@mui/material/FormGroup";
import FormLabel from "@mui/material/FormLabel";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import type { Page as Listed } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { LANGUAGES } from "../app/language";
import type { TemplateSummary } from "../templates/types";
import type { ClauseContent } from "./types";

interface Props {
  content: ClauseContent;
  editable: boolean;
  onChange: (part: Partial<ClauseContent>) => void;
}

function Carriers({ content, editable, onChange }: Props) {
  const t = useTranslate();
  const { data } = useApi<Listed<TemplateSummary>>("/templates", { per_page: 200 });
  const chosen = content.mandatory_for;
  const toggle = (key: string, on: boolean) =>
    onChange({ mandatory_for: on ? [...chosen, key] : chosen.filter((each) => each !== key) });
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
      <FormLabel component="legend">{t("admin.clause.mandatory")}</FormLabel>
      <FormGroup>
        {(data?.items ?? []).map(({ key, title }) => (
          <FormControlLabel
            key={key}
            label={title}
            disabled={!editable}
            control={
              <Checkbox
                size="small"
                checked={chosen.includes(key)}
                onChange={(_, on) => toggle(key, on)}
              />
            }
          />
        ))}
      </FormGroup>
    </Box>
  );
}

/** What a version says about itself. */
export function About(props: Props) {
  const { content, editable, onChange } = props;
  const t = useTranslate();
  const [references, setReferences] = useState(content.legal_references.join("\n"));
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <TextField
        multiline
        minRows={2}
        disabled={!editable}
        label={t("admin.editor.change_note")}
        helperText={t("admin.editor.change_note_help")}
        value={content.change_note}
        onChange={(event) => onChange({ change_note: event.target.value })}
      />
      <TextField
        type="date"
        disabled={!editable}
        label={t("admin.editor.review_by")}
        helperText={t("admin.editor.review_by_help")}
        value={content.review_by ?? ""}
        onChange={(event) => onChange({ review_by: event.target.value || null })}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <TextField
        multiline
        disabled={!editable}
        label={t("admin.clause.references")}
        helperText={t("admin.clause.references_help")}
        value={references}
        onChange={(event) => {
          setReferences(event.target.value);
          const lines = event.target.value.split("\n").map((line) => line.trim());
          onChange({ legal_references: lines.filter(Boolean) });
        }}
      />
      <Carriers {...props} />
      <Typography variant="subtitle2" component="h3">
        {t("admin.clause.column.title")}
      </Typography>
      {LANGUAGES.map(({ locale, name }) => (
        <Box key={locale} sx={{ display: "grid", gap: 1.5 }}>
          <TextField
            disabled={!editable}
            label={t("admin.editor.title_in", { language: name })}
            value={content.title[locale] ?? ""}
            onChange={(event) =>
              onChange({ title: { ...content.title, [locale]: event.target.value } })
            }
          />
          <TextField
            multiline
            disabled={!editable}
            label={t("admin.clause.reason_in", { language: name })}
            value={content.reason[locale] ?? ""}
            onChange={(event) =>
              onChange({ reason: { ...content.reason, [locale]: event.target.value } })
            }
          />
        </Box>
      ))}
    </Box>
  );
}
