import InputAdornment from "@mui/material/InputAdornment";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import type { RegistryWidgetsType, WidgetProps } from "@rjsf/utils";
import { useState } from "react";
import { useApi } from "../../app/http/useApi";
import { formatKroner, parseKroner } from "../../app/money";
import type { CaseDetail } from "../types";

export interface FormContext {
  caseId: string;
}

/** Choose one of the contact persons of the parties of the case. */
function ContactWidget(props: WidgetProps) {
  const { caseId } = props.registry.formContext as FormContext;
  const parties = useApi<CaseDetail>(`/cases/${caseId}`).data?.parties ?? [];
  const contacts = parties.flatMap(({ partner, contacts: people }) =>
    people.map((person) => ({ ...person, partner: partner.name })),
  );
  const known = contacts.some(({ id }) => id === props.value);
  return (
    <TextField
      id={props.id}
      select
      fullWidth
      label={props.label}
      required={props.required ?? false}
      value={known ? props.value : ""}
      error={(props.rawErrors?.length ?? 0) > 0}
      disabled={(props.disabled ?? false) || (props.readonly ?? false)}
      onChange={(event) => props.onChange(event.target.value || undefined)}
    >
      <MenuItem value="">–</MenuItem>
      {contacts.map(({ id, name, role_title, partner }) => (
        <MenuItem key={id} value={id}>
          {[name, role_title, partner].filter(Boolean).join(", ")}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** Choose several people of municipal units. */
function UnitPeopleWidget(props: WidgetProps) {
  const people =
    useApi<{ items: { id: string; name: string; unit: string }[] }>(
      "/people?role=municipal_unit&per_page=200",
    ).data?.items ?? [];
  const chosen = Array.isArray(props.value) ? (props.value as string[]) : [];
  return (
    <TextField
      id={props.id}
      select
      fullWidth
      label={props.label}
      required={props.required ?? false}
      value={chosen.filter((id) => people.some((person) => person.id === id))}
      error={(props.rawErrors?.length ?? 0) > 0}
      disabled={(props.disabled ?? false) || (props.readonly ?? false)}
      onChange={(event) => props.onChange(event.target.value as unknown as string[])}
      slotProps={{ select: { multiple: true } }}
    >
      {people.map(({ id, name, unit }) => (
        <MenuItem key={id} value={id}>
          {[name, unit].filter(Boolean).join(", ")}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** An amount in kroner; the answer is øre. */
function MoneyWidget(props: WidgetProps) {
  const [text, setText] = useState(
    typeof props.value === "number" ? formatKroner(props.value) : "",
  );
  const settle = () => {
    const ore = parseKroner(text);
    if (ore !== null) setText(formatKroner(ore));
  };
  return (
    <TextField
      id={props.id}
      label={props.label}
      required={props.required ?? false}
      value={text}
      error={(props.rawErrors?.length ?? 0) > 0}
      disabled={(props.disabled ?? false) || (props.readonly ?? false)}
      onChange={(event) => {
        setText(event.target.value);
        props.onChange(parseKroner(event.target.value) ?? undefined);
      }}
      onBlur={settle}
      slotProps={{
        input: { endAdornment: <InputAdornment position="end">kr</InputAdornment> },
        htmlInput: { inputMode: "decimal" },
      }}
    />
  );
}

/** Widgets that a form of a process may ask for with `ui:widget`. */
export const FORM_WIDGETS: RegistryWidgetsType = {
  contact: ContactWidget,
  money: MoneyWidget,
  unit_people: UnitPeopleWidget,
};
