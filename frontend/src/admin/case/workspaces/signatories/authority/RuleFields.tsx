import Autocomplete from "@mui/material/Autocomplete";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import TextField from "@mui/material/TextField";
import { useTranslate } from "react-admin";
import { useController, useWatch } from "react-hook-form";
import { ChoiceField, TextLine } from "../../../../app/ui/Fields";
import { ALL } from "./rule";
import type { Known } from "./types";

function People({ known }: { known: readonly Known[] }) {
  const t = useTranslate();
  const { field, fieldState } = useController({
    name: "people",
    rules: {
      validate: (people: string[], values) =>
        people.length > 0 || Boolean(values.optional) || t("admin.form.required"),
    },
  });
  return (
    <Autocomplete
      multiple
      freeSolo
      autoSelect
      options={[...new Set(known.map(({ name }) => name))]}
      value={field.value as string[]}
      onChange={(_, people) => field.onChange([...new Set(people.map((name) => name.trim()))])}
      onBlur={field.onBlur}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t("admin.workspace.authority.people")}
          error={fieldState.invalid}
          helperText={fieldState.error?.message ?? t("admin.workspace.authority.people_help")}
        />
      )}
    />
  );
}

function Tick({ name, label }: { name: string; label: string }) {
  const { field } = useController({ name });
  return (
    <FormControlLabel
      control={<Checkbox checked={Boolean(field.value)} onChange={field.onChange} />}
      label={label}
    />
  );
}

function SubstituteFields({ known, people }: { known: readonly Known[]; people: string[] }) {
  const t = useTranslate();
  const named = (names: readonly string[]) => names.map((name) => ({ id: name, name }));
  const text = (key: string) => t(`admin.workspace.authority.${key}`);
  return (
    <>
      <ChoiceField
        name="substitute"
        label={text("substitute_who")}
        choices={named([...new Set(known.map(({ name }) => name))])}
        required
      />
      <ChoiceField
        name="stands_for"
        label={text("substitute_for")}
        choices={named(people)}
        required
      />
      <TextLine name="mandate" label={text("substitute_mandate")} required />
      <TextLine name="valid_from" label={text("substitute_from")} type="date" required />
      <TextLine name="valid_to" label={text("substitute_until")} type="date" />
    </>
  );
}

/** Who may sign, how many of them, and who in whose place. */
export function RuleFields({ known, byLegal }: { known: readonly Known[]; byLegal: boolean }) {
  const t = useTranslate();
  const people = (useWatch({ name: "people" }) ?? []) as string[];
  const substituted = Boolean(useWatch({ name: "substituted" }));
  const fewer = people.slice(1).map((_, index) => ({
    id: String(index + 1),
    name: t("admin.workspace.authority.needed_some", { smart_count: index + 1 }),
  }));
  return (
    <>
      <People known={known} />
      <ChoiceField
        name="needed"
        label={t("admin.workspace.authority.needed")}
        choices={[{ id: ALL, name: t("admin.workspace.authority.needed_all") }, ...fewer]}
        required
      />
      <Tick name="substituted" label={t("admin.workspace.authority.with_substitute")} />
      {substituted && <SubstituteFields known={known} people={people} />}
      {byLegal && <Tick name="optional" label={t("admin.workspace.authority.optional_field")} />}
    </>
  );
}
