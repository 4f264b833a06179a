import Autocomplete from "@mui/material/Autocomplete";
import MenuItem from "@mui/material/MenuItem";
import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { useTranslate } from "react-admin";
import { useController } from "react-hook-form";
import type { Named } from "../types";

interface FieldProps {
  name: string;
  label: string;
  required?: boolean;
  help?: string;
}

function useField({ name, required = false, help }: FieldProps) {
  const t = useTranslate();
  const { field, fieldState } = useController({
    name,
    rules: required ? { required: t("admin.form.required") } : {},
  });
  return { field, error: fieldState.invalid, helperText: fieldState.error?.message ?? help };
}

/** A text field of a form in a dialog. */
export function TextLine(
  props: FieldProps & Pick<TextFieldProps, "multiline" | "minRows" | "type">,
) {
  const { name: _, label, help: __, required = false, ...rest } = props;
  const { field, error, helperText } = useField(props);
  const isDate = rest.type === "date";
  return (
    <TextField
      {...rest}
      {...field}
      inputRef={field.ref}
      value={field.value ?? ""}
      label={label}
      required={required}
      error={error}
      helperText={helperText}
      slotProps={isDate ? { inputLabel: { shrink: true } } : {}}
    />
  );
}

interface ChoiceProps extends FieldProps {
  choices: readonly { id: string; name: string }[];
  /** Said for no choice; without it one must be chosen. */
  none?: string;
}

/** One of a few. */
export function ChoiceField(props: ChoiceProps) {
  const { field, error, helperText } = useField(props);
  const known = props.choices.some(({ id }) => id === field.value);
  return (
    <TextField
      select
      {...field}
      inputRef={field.ref}
      value={known ? field.value : ""}
      onChange={(event) => field.onChange(event.target.value || null)}
      label={props.label}
      required={props.required ?? false}
      error={error}
      helperText={helperText}
    >
      {props.none && <MenuItem value="">{props.none}</MenuItem>}
      {props.choices.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** One of many, found by typing. */
export function FindField(props: FieldProps & { choices: readonly Named[] }) {
  const { field, error, helperText } = useField(props);
  return (
    <Autocomplete
      options={props.choices}
      value={props.choices.find(({ id }) => id === field.value) ?? null}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, chosen) => field.onChange(chosen?.id ?? null)}
      onBlur={field.onBlur}
      renderInput={(params) => (
        <TextField
          {...params}
          inputRef={field.ref}
          label={props.label}
          required={props.required ?? false}
          error={error}
          helperText={helperText}
        />
      )}
    />
  );
}
