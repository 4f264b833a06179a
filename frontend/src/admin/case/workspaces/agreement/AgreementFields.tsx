import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import InputAdornment from "@mui/material/InputAdornment";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { formatKroner, parseKroner } from "../../../app/money";
import type { Saved } from "../shared/useSaved";
import type { AgreementEdit, AgreementField, AgreementView } from "./types";

type Value = AgreementField["value"];

interface FieldProps {
  field: AgreementField;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
}

function MoneyField({ field, value, error, onChange }: FieldProps) {
  const [text, setText] = useState(typeof value === "number" ? formatKroner(value) : "");
  return (
    <TextField
      label={field.label}
      required={field.required}
      value={text}
      error={Boolean(error)}
      helperText={error ?? field.help}
      onChange={(event) => {
        setText(event.target.value);
        onChange(parseKroner(event.target.value));
      }}
      slotProps={{
        input: { endAdornment: <InputAdornment position="end">kr</InputAdornment> },
        htmlInput: { inputMode: "decimal" },
      }}
    />
  );
}

function ChoiceField({ field, value, error, onChange }: FieldProps) {
  return (
    <TextField
      select
      label={field.label}
      required={field.required}
      value={typeof value === "string" ? value : ""}
      error={Boolean(error)}
      helperText={error ?? field.help}
      onChange={(event) => onChange(event.target.value)}
    >
      {field.choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

function PlainField({ field, value, error, onChange }: FieldProps) {
  const number = field.type === "number";
  const type = field.type === "date" ? "date" : number ? "number" : "text";
  const read = (text: string): Value => {
    if (text === "") return null;
    return number ? Number(text) : text;
  };
  return (
    <TextField
      type={type}
      label={field.label}
      required={field.required}
      value={value ?? ""}
      error={Boolean(error)}
      helperText={error ?? field.help}
      multiline={field.type === "long_text"}
      onChange={(event) => onChange(read(event.target.value))}
      slotProps={{
        ...(type === "date" ? { inputLabel: { shrink: true } } : {}),
        ...(number ? { htmlInput: { min: field.minimum, max: field.maximum, step: 1 } } : {}),
      }}
    />
  );
}

function OneField(props: FieldProps) {
  const { field, value, onChange } = props;
  if (field.type === "yes_no") {
    return (
      <FormControlLabel
        control={<Switch checked={value === true} onChange={(_, yes) => onChange(yes)} />}
        label={field.label}
        sx={{ gridColumn: "1 / -1" }}
      />
    );
  }
  if (field.type === "money") return <MoneyField {...props} />;
  if (field.type === "choice") return <ChoiceField {...props} />;
  return <PlainField {...props} />;
}

/** What is typed so far, by whatever keeps it. */
type Typed = Pick<Saved<AgreementView, AgreementEdit>, "value" | "change" | "errors"> & {
  view: { fields: AgreementField[]; template: { id: string } | null };
};

const answerTo = (view: Typed["view"], name: string): Value =>
  view.fields.find((field) => field.name === name)?.value ?? null;

/** What the template asks besides what the case already knows. */
export function AgreementFields({ saved }: { saved: Typed }) {
  const { view, value, change, errors } = saved;
  const isAsked = ({ asked_if: after }: AgreementField) =>
    after === null || (value.fields[after] ?? answerTo(view, after)) === true;
  return (
    <Box
      sx={{
        display: "grid",
        gap: 2,
        alignItems: "start",
        gridTemplateColumns: "repeat(auto-fill, minmax(min(260px, 100%), 1fr))",
      }}
    >
      {view.fields.filter(isAsked).map((field) => (
        <OneField
          key={`${view.template?.id}${field.name}`}
          field={field}
          value={value.fields[field.name] ?? field.value}
          error={errors[`fields.${field.name}`]}
          onChange={(answer) =>
            change({ ...value, fields: { ...value.fields, [field.name]: answer } })
          }
        />
      ))}
    </Box>
  );
}
