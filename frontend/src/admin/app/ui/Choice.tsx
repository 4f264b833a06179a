import MenuItem from "@mui/material/MenuItem";
import TextField, { type TextFieldProps } from "@mui/material/TextField";

interface Props extends Pick<TextFieldProps, "size" | "slotProps" | "sx"> {
  label: string;
  value: string;
  choices: readonly { id: string; name: string }[];
  onChange: (id: string) => void;
}

/** One of a few things with names. */
export function Choice({ choices, onChange, ...field }: Props) {
  return (
    <TextField select {...field} onChange={(event) => onChange(event.target.value)}>
      {choices.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** One of the versions of a text, to compare it. */
export function VersionChoice(props: Omit<Props, "size" | "slotProps" | "sx">) {
  return <Choice size="small" sx={{ minWidth: 130 }} {...props} />;
}
