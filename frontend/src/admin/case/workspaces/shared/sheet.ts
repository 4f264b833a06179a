/** What a spreadsheet-like table does with keys and pasted text. */
import type { KeyboardEvent } from "react";
import { parseKroner } from "../../../app/money";

export type CellValue = string | number | null;
export type Row = Record<string, CellValue>;

export interface SheetColumn<T extends Row> {
  name: Extract<keyof T, string>;
  label: string;
  type: "text" | "money" | "date" | "choice";
  choices?: readonly { value: string | null; label: string }[];
  width?: string;
}

export interface Place {
  row: number;
  column: number;
}

/** Whether the caret stands where an arrow would leave the text; a choice has no caret. */
function atEdge(target: HTMLElement, edge: "start" | "end"): boolean {
  if (!(target instanceof HTMLInputElement)) return target.tagName === "SELECT";
  if (target.type === "date") return false;
  const { selectionStart, selectionEnd, value } = target;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  const caret = selectionStart === selectionEnd ? selectionStart : null;
  return caret === (edge === "start" ? 0 : value.length);
}

/** Up and down change a choice and a date themselves. */
function movesDown({ target, key, shiftKey }: KeyboardEvent): number {
  if (key === "Enter") return shiftKey ? -1 : 1;
  const free = target instanceof HTMLInputElement && target.type !== "date";
  if (!free) return 0;
  return key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
}

function movesRight({ target, key }: KeyboardEvent): number {
  if (key === "ArrowLeft") return atEdge(target as HTMLElement, "start") ? -1 : 0;
  if (key === "ArrowRight") return atEdge(target as HTMLElement, "end") ? 1 : 0;
  return 0;
}

/** The cell a key leads to, or null where the key is not ours. Tab is the browser's own. */
export function moved(
  event: KeyboardEvent,
  from: Place,
  size: { rows: number; columns: number },
): Place | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.shiftKey && event.key !== "Enter") return null;
  const down = movesDown(event);
  const right = movesRight(event);
  if (down === 0 && right === 0) return null;
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  return {
    row: within(from.row + down, size.rows),
    column: within(from.column + right, size.columns),
  };
}

/** `5.1.2027` and `2027-01-05` → `2027-01-05`. */
function readDate(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : undefined;
}

/** What a pasted text means in a column; undefined where it means nothing there. */
function read<T extends Row>(column: SheetColumn<T>, text: string): CellValue | undefined {
  if (column.type === "money") {
    const ore = parseKroner(text);
    return ore === null || ore < 0 ? undefined : ore;
  }
  if (column.type === "choice") {
    return column.choices?.find(({ label }) => label.toLowerCase() === text.toLowerCase())?.value;
  }
  return column.type === "date" ? readDate(text) : text;
}

/** The column a pasted cell belongs to: the next where it means something; a number is an amount. */
function columnFor<T extends Row>(
  columns: readonly SheetColumn<T>[],
  next: number,
  cell: string,
): number {
  const fits = (column: SheetColumn<T>, index: number) =>
    index >= next && read(column, cell) !== undefined;
  const amount = columns.findIndex(
    (column, index) => column.type === "money" && fits(column, index),
  );
  return amount >= 0 ? amount : columns.findIndex(fits);
}

/** One pasted line into a row. */
function fill<T extends Row>(
  row: T,
  columns: readonly SheetColumn<T>[],
  cells: readonly string[],
): T {
  const filled: Row = { ...row };
  let next = 0;
  for (const cell of cells.map((each) => each.trim())) {
    if (cell === "") {
      next += 1;
      continue;
    }
    const found = columnFor(columns, next, cell);
    const column = columns[found];
    if (!column) continue;
    filled[column.name] = read(column, cell) ?? null;
    next = found + 1;
  }
  return filled as T;
}

interface Target<T extends Row> extends Place {
  rows: readonly T[];
  columns: readonly SheetColumn<T>[];
  blank: T;
}

/** The rows after a range (tab and newline separated) was pasted with its corner at a cell. */
export function pasted<T extends Row>(text: string, at: Target<T>): T[] {
  const result = [...at.rows];
  const columns = at.columns.slice(at.column);
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  for (const [offset, line] of lines.entries()) {
    const index = Math.min(at.row + offset, result.length);
    result[index] = fill(result[index] ?? at.blank, columns, line.split("\t"));
  }
  return result;
}

/** The rows up to the last one in which there is something. */
export function withoutBlankEnd<T extends Row>(rows: readonly T[], blank: T): T[] {
  const written = (row: T) => Object.keys(blank).some((name) => row[name] !== blank[name]);
  return rows.slice(0, rows.findLastIndex(written) + 1);
}

/** The sum of a column of amounts. */
export const sumOf = <T extends Row>(rows: readonly T[], name: keyof T): number =>
  rows.reduce((sum, row) => sum + (typeof row[name] === "number" ? row[name] : 0), 0);
