import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormGroup from "@mui/material/FormGroup";
import FormLabel from "@mui/material/FormLabel";
import TextField from "@mui/material/TextField";
import { useTranslate } from "react-admin";
import { LANGUAGES } from "../../app/language";
import type { Content } from "./types";

const KINDS = [
  "business",
  "housing_cooperative",
  "condominium",
  "voluntary_organisation",
  "user_organisation",
  "institution",
  "informal_group",
  "resource_person",
  "municipal_unit",
  "external_investor",
];

interface Props {
  content: Content;
  editable: boolean;
  onChange: (part: Partial<Content>) => void;
}

interface ChoicesProps {
  label: string;
  choices: { id: string; name: string }[];
  chosen: string[];
  disabled: boolean;
  onChange: (chosen: string[]) => void;
}

function Choices({ label, choices, chosen, disabled, onChange }: ChoicesProps) {
  const toggle = (id: string, on: boolean) =>
    onChange(
      choices.map((each) => each.id).filter((each) => (each === id ? on : chosen.includes(each))),
    );
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
      <FormLabel component="legend">{label}</FormLabel>
      <FormGroup>
        {choices.map(({ id, name }) => (
          <FormControlLabel
            key={id}
            label={name}
            disabled={disabled}
            control={
              <Checkbox
                size="small"
                checked={chosen.includes(id)}
                onChange={(_, on) => toggle(id, on)}
              />
            }
          />
        ))}
      </FormGroup>
    </Box>
  );
}

/** What a version says about itself. */
export function Settings({ content, editable, onChange }: Props) {
  const t = useTranslate();
  const { manifest } = content;
  const set = (part: Partial<typeof manifest>) => onChange({ manifest: { ...manifest, ...part } });
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
      {LANGUAGES.map(({ locale, name }) => (
        <TextField
          key={locale}
          disabled={!editable}
          label={t("admin.editor.title_in", { language: name })}
          value={manifest.title[locale] ?? ""}
          onChange={(event) => set({ title: { ...manifest.title, [locale]: event.target.value } })}
        />
      ))}
      <Choices
        label={t("admin.editor.languages")}
        choices={LANGUAGES.map(({ locale, name }) => ({ id: locale, name }))}
        chosen={manifest.languages}
        disabled={!editable}
        onChange={(languages) => languages.length > 0 && set({ languages })}
      />
      <Choices
        label={t("admin.editor.fits")}
        choices={KINDS.map((kind) => ({ id: kind, name: t(`partners.kind.${kind}`, { _: kind }) }))}
        chosen={manifest.fits}
        disabled={!editable}
        onChange={(fits) => set({ fits })}
      />
    </Box>
  );
}
