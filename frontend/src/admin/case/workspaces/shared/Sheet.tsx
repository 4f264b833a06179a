import Add from "@mui/icons-material/Add";
import Delete from "@mui/icons-material/DeleteOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Typography from "@mui/material/Typography";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslate } from "react-admin";
import { formatKroner } from "../../../app/money";
import type { Marks } from "./marks";
import { Cell } from "./SheetCell";
import {
  moved,
  type Place,
  pasted,
  type Row,
  type SheetColumn,
  sumOf,
  withoutBlankEnd,
} from "./sheet";
import { sheetStyle } from "./sheetStyle";

interface Props<T extends Row> {
  label: string;
  columns: readonly SheetColumn<T>[];
  rows: readonly T[];
  onChange: (rows: T[]) => void;
  /** What a row is before anything is typed into it. */
  blank: T;
  /** Messages by path, for example `lines.0.description`. */
  errors: Marks;
  path: string;
  /** What the button says that leads to the empty row at the end. */
  add: string;
}

/** Moves the focus, also to a cell that is only drawn in a moment. */
function useCells() {
  const table = useRef<HTMLTableElement>(null);
  const wanted = useRef<Place | null>(null);
  const focus = ({ row, column }: Place): boolean => {
    const cell = table.current?.querySelector<HTMLElement>(
      `[data-cell="${row}:${column}"] :is(input, select)`,
    );
    cell?.focus();
    if (cell instanceof HTMLInputElement && cell.type !== "date") cell.select();
    return Boolean(cell);
  };
  useEffect(() => {
    if (wanted.current && focus(wanted.current)) wanted.current = null;
  });
  const focusNext = (place: Place) => {
    wanted.current = place;
  };
  return { table, focus, focusNext };
}

function Head<T extends Row>({ columns }: { columns: readonly SheetColumn<T>[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, label, width, type }) => (
          <th
            scope="col"
            key={name}
            style={{
              ...(width ? { width } : {}),
              ...(type === "money" ? { textAlign: "right" } : {}),
            }}
          >
            {label}
          </th>
        ))}
        <td className="act" />
      </tr>
    </thead>
  );
}

function Foot<T extends Row>({ columns, rows }: Pick<Props<T>, "columns" | "rows">) {
  const t = useTranslate();
  const money = columns.findIndex(({ type }) => type === "money");
  const column = columns[money];
  if (!column) return null;
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={money}>
          {t("admin.workspace.sum")}
        </th>
        <td className="sum">{formatKroner(sumOf(rows, column.name))}</td>
        <td className="act" />
      </tr>
    </tfoot>
  );
}

/** A table one types in as in a spreadsheet: arrows and Enter move, a pasted range fills cells. */
export function Sheet<T extends Row>(props: Props<T>) {
  const { label, columns, rows, onChange, blank, errors, path, add } = props;
  const t = useTranslate();
  const { table, focus, focusNext } = useCells();
  /** Cells begin anew where rows move, so that none keeps what was being typed in another. */
  const [drawing, setDrawing] = useState(0);
  const shown = [...rows, blank];

  const set = (row: number, part: Partial<T>) =>
    onChange(
      withoutBlankEnd(
        shown.map((each, index) => (index === row ? { ...each, ...part } : each)),
        blank,
      ),
    );
  const replace = (next: T[], place: Place) => {
    focusNext(place);
    setDrawing(drawing + 1);
    onChange(next);
  };
  const onKeyDown = (from: Place) => (event: KeyboardEvent) => {
    const to = moved(event, from, { rows: shown.length, columns: columns.length });
    if (to === null) return;
    event.preventDefault();
    focus(to);
  };
  const onPaste = (at: Place) => (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    replace(pasted(text, { rows, columns, blank, ...at }), at);
  };
  const remove = (row: number) =>
    replace(
      rows.filter((_, other) => other !== row),
      { row, column: 0 },
    );

  return (
    <Box sx={{ containerType: "inline-size" }}>
      <Box component="table" ref={table} aria-label={label} sx={sheetStyle}>
        <Head columns={columns} />
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity than their place
            <tr key={`${drawing}:${index}`} className={index < rows.length ? "row" : "row blank"}>
              {columns.map((column, at) => (
                <td
                  key={column.name}
                  className={column.type}
                  data-cell={`${index}:${at}`}
                  data-label={column.label}
                  onKeyDown={onKeyDown({ row: index, column: at })}
                  onPaste={onPaste({ row: index, column: at })}
                >
                  <Cell
                    column={column}
                    value={row[column.name]}
                    label={`${label}: ${column.label}, ${t("admin.workspace.row", { number: index + 1 })}`}
                    error={errors[`${path}.${index}.${column.name}`]}
                    onChange={(value) => set(index, { [column.name]: value } as Partial<T>)}
                  />
                </td>
              ))}
              <td className="act">
                {index < rows.length && (
                  <IconButton
                    size="small"
                    aria-label={`${label}: ${t("admin.workspace.remove_row", { number: index + 1 })}`}
                    onClick={() => remove(index)}
                  >
                    <Delete fontSize="small" />
                  </IconButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
        <Foot columns={columns} rows={rows} />
      </Box>
      {errors[path] && (
        <Typography role="alert" variant="body2" sx={{ color: "error.main", mt: 0.5 }}>
          {errors[path]}
        </Typography>
      )}
      <Button
        size="small"
        startIcon={<Add />}
        onClick={() => focus({ row: rows.length, column: 0 })}
        sx={{ mt: 0.5 }}
      >
        {add}
      </Button>
    </Box>
  );
}
