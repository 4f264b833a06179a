import Delete from "@mui/icons-material/DeleteOutlined";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import { type ClipboardEvent, type KeyboardEvent, useRef } from "react";
import { useTranslate } from "react-admin";
import { Cell } from "./SheetCell";
import { moved, pasted, type Row, type SheetColumn } from "./sheet";

interface Props<T extends Row> {
  label: string;
  columns: readonly SheetColumn<T>[];
  rows: readonly T[];
  onChange: (rows: T[]) => void;
  /** What a row is before anything is typed into it. */
  blank: T;
  /** Messages by path, for example `lines.0.description`. */
  errors: Record<string, string>;
  path: string;
  disabled?: boolean;
}

const sheetStyle = {
  width: "100%",
  borderCollapse: "collapse",
  fontSize: "0.875rem",
  "& th": {
    textAlign: "left",
    fontSize: "0.8125rem",
    fontWeight: 600,
    p: 0.75,
    color: "text.secondary",
  },
  "& td": { border: 1, borderColor: "divider", p: 0, verticalAlign: "top" },
  "& td.act": { border: 0, width: 34 },
} as const;

/** A table one types in as in a spreadsheet: arrows and Enter move, a pasted range fills cells. */
export function Sheet<T extends Row>(props: Props<T>) {
  const { label, columns, rows, onChange, blank, errors, path, disabled = false } = props;
  const t = useTranslate();
  const table = useRef<HTMLTableElement>(null);
  const shown = disabled ? rows : [...rows, blank];

  const focus = (row: number, column: number) => {
    table.current
      ?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"] :is(input, select)`)
      ?.focus();
  };
  const set = (row: number, part: Partial<T>) =>
    onChange(
      row < rows.length
        ? rows.map((each, index) => (index === row ? { ...each, ...part } : each))
        : [...rows, { ...blank, ...part }],
    );
  const onKeyDown = (row: number, column: number) => (event: KeyboardEvent) => {
    const to = moved(event, row, shown.length);
    if (to === null) return;
    event.preventDefault();
    focus(to, column);
  };
  const onPaste = (row: number, column: number) => (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    onChange(pasted(text, { rows, columns, blank, row, column }));
  };

  return (
    <Box sx={{ overflowX: "auto" }}>
      <Box component="table" ref={table} aria-label={label} sx={{ ...sheetStyle, minWidth: 420 }}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                scope="col"
                key={column.name}
                style={{
                  ...(column.width ? { width: column.width } : {}),
                  ...(column.type === "money" ? { textAlign: "right" } : {}),
                }}
              >
                {column.label}
              </th>
            ))}
            {!disabled && <td className="act" />}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity than their place
            <tr key={index}>
              {columns.map((column, at) => (
                <td
                  key={column.name}
                  data-cell={`${index}:${at}`}
                  onKeyDown={onKeyDown(index, at)}
                  onPaste={onPaste(index, at)}
                >
                  <Cell
                    column={column}
                    value={row[column.name]}
                    label={`${column.label}, ${t("admin.workspace.row", { number: index + 1 })}`}
                    error={errors[`${path}.${index}.${column.name}`]}
                    disabled={disabled}
                    onChange={(value) => set(index, { [column.name]: value } as Partial<T>)}
                  />
                </td>
              ))}
              {!disabled && (
                <td className="act">
                  {index < rows.length && (
                    <IconButton
                      size="small"
                      aria-label={t("admin.workspace.remove_row", { number: index + 1 })}
                      onClick={() => onChange(rows.filter((_, other) => other !== index))}
                    >
                      <Delete fontSize="small" />
                    </IconButton>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
