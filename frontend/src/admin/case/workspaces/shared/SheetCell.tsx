import Box from "@mui/material/Box";
import { useId, useState } from "react";
import { formatKroner, parseKroner } from "../../../app/money";
import type { CellValue, Row, SheetColumn } from "./sheet";

interface Props<T extends Row> {
  column: SheetColumn<T>;
  value: CellValue | undefined;
  label: string;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: CellValue) => void;
}

const field = {
  font: "inherit",
  color: "inherit",
  background: "transparent",
  border: 0,
  width: "100%",
  minHeight: 36,
  boxSizing: "border-box",
  px: 1,
  "&:focus": { outline: "2px solid", outlineColor: "primary.main", outlineOffset: "-2px" },
} as const;

/** What is typed into an amount until it is left: then it is an amount, or stays to be mended. */
function MoneyCell<T extends Row>({ value, label, disabled, error, onChange }: Props<T>) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof value === "number" && value > 0 ? formatKroner(value) : "";
  const wrong = typed !== null && typed !== "" && parseKroner(typed) === null;
  return (
    <Box
      component="input"
      inputMode="decimal"
      aria-label={label}
      aria-invalid={wrong || Boolean(error)}
      disabled={disabled}
      value={typed ?? shown}
      onChange={(event) => {
        setTyped(event.target.value);
        const ore = event.target.value === "" ? 0 : parseKroner(event.target.value);
        if (ore !== null) onChange(ore);
      }}
      onBlur={() => {
        if (!wrong) setTyped(null);
      }}
      sx={{ ...field, textAlign: "right", fontVariantNumeric: "tabular-nums" }}
    />
  );
}

function ChoiceCell<T extends Row>({ column, value, label, disabled, onChange }: Props<T>) {
  const choices = column.choices ?? [];
  const at = choices.findIndex((choice) => choice.value === (value ?? null));
  return (
    <Box
      component="select"
      aria-label={label}
      disabled={disabled}
      value={String(Math.max(at, 0))}
      onChange={(event) => onChange(choices[Number(event.target.value)]?.value ?? null)}
      sx={{ ...field, "& option": { color: "text.primary", backgroundColor: "background.paper" } }}
    >
      {choices.map((choice, index) => (
        <option key={choice.value ?? ""} value={index}>
          {choice.label}
        </option>
      ))}
    </Box>
  );
}

/** One cell: typed text, an amount, a date or one of a few. */
export function Cell<T extends Row>(props: Props<T>) {
  const { column, value, label, error, disabled, onChange } = props;
  const messageId = useId();
  return (
    <>
      {column.type === "money" && <MoneyCell {...props} />}
      {column.type === "choice" && <ChoiceCell {...props} />}
      {(column.type === "text" || column.type === "date") && (
        <Box
          component="input"
          type={column.type}
          aria-label={label}
          aria-invalid={Boolean(error)}
          aria-describedby={error ? messageId : undefined}
          disabled={disabled}
          value={value ?? ""}
          onChange={(event) =>
            onChange(column.type === "date" ? event.target.value || null : event.target.value)
          }
          sx={field}
        />
      )}
      {error && (
        <Box
          id={messageId}
          role="alert"
          sx={(theme) => ({
            px: 1,
            pb: 0.5,
            fontSize: "0.8125rem",
            color: theme.palette.tones.danger.textSubtle,
          })}
        >
          {error}
        </Box>
      )}
    </>
  );
}
