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

/** The row a key leads to, or null where the key is not ours. */
export function moved(event: KeyboardEvent, row: number, count: number): number | null {
  const target = event.target as HTMLElement;
  const inChoice = target.tagName === "SELECT" || target.getAttribute("type") === "date";
  const down = event.key === "Enter" || (event.key === "ArrowDown" && !inChoice);
  const up = (event.key === "Enter" && event.shiftKey) || (event.key === "ArrowUp" && !inChoice);
  if (up) return Math.max(0, row - 1);
  if (down) return Math.min(count - 1, row + 1);
  return null;
}

/** What a pasted text means in a column; undefined where it means nothing there. */
function read<T extends Row>(column: SheetColumn<T>, text: string): CellValue | undefined {
  const bare = text.trim();
  if (column.type === "money") return parseKroner(bare) ?? undefined;
  if (column.type === "choice") {
    return column.choices?.find(({ label }) => label.toLowerCase() === bare.toLowerCase())?.value;
  }
  if (column.type === "date") return /^\d{4}-\d{2}-\d{2}$/.test(bare) ? bare : undefined;
  return bare;
}

interface Place<T extends Row> {
  rows: readonly T[];
  columns: readonly SheetColumn<T>[];
  blank: T;
  row: number;
  column: number;
}

/** The rows after a range (tab and newline separated) was pasted with its corner at a cell. */
export function pasted<T extends Row>(text: string, at: Place<T>): T[] {
  const result = [...at.rows];
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  for (const [offset, line] of lines.entries()) {
    const index = Math.min(at.row + offset, result.length);
    const filled: Row = { ...(result[index] ?? at.blank) };
    for (const [step, cell] of line.split("\t").entries()) {
      const column = at.columns[at.column + step];
      const value = column ? read(column, cell) : undefined;
      if (column && value !== undefined) filled[column.name] = value;
    }
    result[index] = filled as T;
  }
  return result;
}
