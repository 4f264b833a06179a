import Box from "@mui/material/Box";
import { type ComponentProps, useId, useState } from "react";
import { useTranslate } from "react-admin";
import { formatKroner, parseKroner } from "../../../app/money";
import type { CellValue, Row, SheetColumn } from "./sheet";

interface Props<T extends Row> {
  column: SheetColumn<T>;
  value: CellValue | undefined;
  label: string;
  error: string | undefined;
  onChange: (value: CellValue) => void;
}

type Described = Pick<ComponentProps<"input">, "aria-label" | "aria-invalid" | "aria-describedby">;

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
  "&[aria-invalid=true]:not(:focus)": {
    outline: "2px solid",
    outlineColor: "error.main",
    outlineOffset: "-2px",
  },
} as const;

/** The øre of what is typed; null where it is no amount one can give. */
function amountOf(typed: string): number | null {
  if (typed.trim() === "") return 0;
  const ore = parseKroner(typed);
  return ore === null || ore < 0 ? null : ore;
}

interface MoneyProps {
  value: CellValue | undefined;
  described: Described;
  onChange: (value: CellValue) => void;
  onWrong: (wrong: boolean) => void;
}

/** What is typed into an amount until it is left: then it is an amount, or stays to be mended. */
function MoneyCell({ value, described, onChange, onWrong }: MoneyProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typeof value === "number" && value > 0 ? formatKroner(value) : "";
  return (
    <Box
      component="input"
      {...described}
      inputMode="decimal"
      autoComplete="off"
      data-unreadable={typed !== null && amountOf(typed) === null}
      value={typed ?? shown}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(amountOf(event.target.value) ?? 0);
        onWrong(false);
      }}
      onBlur={() => {
        const wrong = typed !== null && amountOf(typed) === null;
        if (!wrong) setTyped(null);
        onWrong(wrong);
      }}
      sx={{ ...field, textAlign: "right", fontVariantNumeric: "tabular-nums" }}
    />
  );
}

function ChoiceCell<T extends Row>({
  column,
  value,
  onChange,
  described,
}: Props<T> & { described: Described }) {
  const choices = column.choices ?? [];
  const at = choices.findIndex((choice) => choice.value === (value ?? null));
  return (
    <Box
      component="select"
      {...described}
      value={String(at)}
      onChange={(event) => onChange(choices[Number(event.target.value)]?.value ?? null)}
      sx={{ ...field, "& option": { color: "text.primary", backgroundColor: "background.paper" } }}
    >
      {at < 0 && <option value="-1">–</option>}
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
  const { column, value, label, error, onChange } = props;
  const t = useTranslate();
  const [wrong, setWrong] = useState(false);
  const messageId = useId();
  const message = wrong ? t("admin.workspace.no_amount") : error;
  const described: Described = {
    "aria-label": label,
    "aria-invalid": Boolean(message),
    "aria-describedby": message ? messageId : undefined,
  };
  return (
    <>
      {column.type === "money" && (
        <MoneyCell value={value} described={described} onChange={onChange} onWrong={setWrong} />
      )}
      {column.type === "choice" && <ChoiceCell {...props} described={described} />}
      {(column.type === "text" || column.type === "date") && (
        <Box
          component="input"
          {...described}
          type={column.type}
          title={column.type === "text" && value ? String(value) : undefined}
          autoComplete="off"
          value={value ?? ""}
          onChange={(event) =>
            onChange(column.type === "date" ? event.target.value || null : event.target.value)
          }
          sx={field}
        />
      )}
      {message && (
        <Box
          id={messageId}
          sx={(theme) => ({
            px: 1,
            py: 0.5,
            fontSize: "0.8125rem",
            lineHeight: 1.35,
            color: theme.palette.tones.danger.textSubtle,
          })}
        >
          {message}
        </Box>
      )}
    </>
  );
}
