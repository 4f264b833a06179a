import { describe, expect, it } from "vitest";
import { pasted, type SheetColumn, sumOf, withoutBlankEnd } from "./sheet";

type Line = { description: string; category: string; amount_ore: number; on: string | null };

const blank: Line = { description: "", category: "other", amount_ore: 0, on: null };
const columns: SheetColumn<Line>[] = [
  { name: "description", label: "Hva", type: "text" },
  {
    name: "category",
    label: "Kategori",
    type: "choice",
    choices: [
      { value: "materials", label: "Materialer" },
      { value: "other", label: "Annet" },
    ],
  },
  { name: "amount_ore", label: "Beløp", type: "money" },
  { name: "on", label: "Dato", type: "date" },
];
const paste = (text: string, rows: Line[] = [], row = 0, column = 0) =>
  pasted(text, { rows, columns, blank, row, column });

describe("pasting from a spreadsheet", () => {
  it("fills cells and adds the rows that are missing", () => {
    const rows = paste("Benker\tMaterialer\t60 000\r\nMaling\tAnnet\t4 500,50\r\n");
    expect(rows).toEqual([
      { ...blank, description: "Benker", category: "materials", amount_ore: 6_000_000 },
      { ...blank, description: "Maling", category: "other", amount_ore: 450_050 },
    ]);
  });

  it("puts an amount in the amount's column, also where the category is left out", () => {
    expect(paste("Benker\t60.000")).toEqual([
      { ...blank, description: "Benker", amount_ore: 6_000_000 },
    ]);
  });

  it("takes a number for an amount, where a text would do as well", () => {
    const [description, category, amount] = columns as [
      SheetColumn<Line>,
      SheetColumn<Line>,
      SheetColumn<Line>,
    ];
    const order = [category, description, amount];
    const rows = pasted("Annet\t5 000", { rows: [], columns: order, blank, row: 0, column: 0 });
    expect(rows).toEqual([{ ...blank, amount_ore: 500_000 }]);
  });

  it("begins at the cell it is pasted into and leaves the others as they are", () => {
    const rows = [
      { ...blank, description: "Benker", amount_ore: 100 },
      { ...blank, description: "Maling" },
    ];
    expect(paste("kr 1 200,-\n\n", rows, 1, 2)).toEqual([
      rows[0],
      { ...blank, description: "Maling", amount_ore: 120_000 },
    ]);
  });

  it("reads dates as people write them, and lets be what it cannot read", () => {
    expect(paste("Dugnad\tUkjent\t-50\t5.1.2027")).toEqual([
      { ...blank, description: "Dugnad", on: "2027-01-05" },
    ]);
  });
});

describe("the rows of a sheet", () => {
  it("end with the last one in which there is something", () => {
    const rows = [blank, { ...blank, amount_ore: 1 }, blank, blank];
    expect(withoutBlankEnd(rows, blank)).toEqual(rows.slice(0, 2));
  });

  it("add up to the øre", () => {
    const amounts = [10, 20, 1].map((amount_ore) => ({ ...blank, amount_ore }));
    expect(sumOf(amounts, "amount_ore")).toBe(31);
  });
});
