import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import type { Marks } from "./marks";
import { Sheet } from "./Sheet";
import type { SheetColumn } from "./sheet";

type Line = { description: string; category: string; amount_ore: number };

const blank: Line = { description: "", category: "other", amount_ore: 0 };
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
];
const TWO: Line[] = [
  { description: "Benker", category: "materials", amount_ore: 6_000_000 },
  { description: "Maling", category: "other", amount_ore: 450_000 },
];

function Budget({ start, errors = {} }: { start: Line[]; errors?: Marks }) {
  const [rows, setRows] = useState(start);
  return (
    <>
      <Sheet
        label="Budsjett"
        columns={columns}
        rows={rows}
        blank={blank}
        errors={errors}
        path="lines"
        add="Legg til budsjettlinje"
        onChange={setRows}
      />
      <output>{JSON.stringify(rows)}</output>
    </>
  );
}

const cell = (name: string) => screen.getByLabelText<HTMLInputElement>(`Budsjett: ${name}`);
const held = () => JSON.parse(screen.getByText(/^\[/).textContent ?? "") as Line[];
const focused = () => document.activeElement?.getAttribute("aria-label");

describe("a sheet by keyboard", () => {
  it("moves with arrows, Enter and Tab as a spreadsheet does", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    cell("Hva, rad 1").focus();
    cell("Hva, rad 1").select();
    await user.keyboard("{ArrowRight}");
    expect(focused()).toBe("Budsjett: Kategori, rad 1");
    await user.keyboard("{ArrowRight}");
    expect(focused()).toBe("Budsjett: Beløp, rad 1");
    await user.keyboard("{ArrowDown}");
    expect(focused()).toBe("Budsjett: Beløp, rad 2");
    await user.keyboard("{Enter}");
    expect(focused()).toBe("Budsjett: Beløp, rad 3");
    await user.keyboard("{Shift>}{Enter}{/Shift}{ArrowUp}");
    expect(focused()).toBe("Budsjett: Beløp, rad 1");
    await user.tab({ shift: true });
    expect(focused()).toBe("Budsjett: Kategori, rad 1");
  });

  it("leaves the arrows to the text while the caret is inside it", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    cell("Hva, rad 1").focus();
    cell("Hva, rad 1").setSelectionRange(3, 3);
    await user.keyboard("{ArrowRight}");
    expect(focused()).toBe("Budsjett: Hva, rad 1");
  });

  it("makes a row of what is typed into the empty one, which the button leads to", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    await user.click(screen.getByRole("button", { name: "Legg til budsjettlinje" }));
    expect(focused()).toBe("Budsjett: Hva, rad 3");
    await user.keyboard("Dugnad");
    expect(held()[2]).toEqual({ ...blank, description: "Dugnad" });
    expect(cell("Hva, rad 4").value).toBe("");
  });

  it("keeps the place when a row is removed", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    await user.click(screen.getByRole("button", { name: "Budsjett: Fjern rad 1" }));
    expect(held()).toEqual([TWO[1]]);
    expect(focused()).toBe("Budsjett: Hva, rad 1");
  });
});

describe("a sheet's amounts", () => {
  it("are summed as they are typed, and tidied when left", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    await user.clear(cell("Beløp, rad 2"));
    await user.type(cell("Beløp, rad 2"), "1500,50");
    await user.tab();
    expect(held()[1]?.amount_ore).toBe(150_050);
    expect(cell("Beløp, rad 2").value.replace(/\s/g, " ")).toBe("1 500,50");
    const sum = screen.getByRole("rowheader", { name: "Sum" }).closest("tr") as HTMLElement;
    expect(within(sum).getByText(/61\s500,50/)).toBeTruthy();
  });

  it("that cannot be read stay to be mended, and say so", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    await user.clear(cell("Beløp, rad 2"));
    await user.type(cell("Beløp, rad 2"), "ca. tusen");
    await user.tab();
    expect(cell("Beløp, rad 2").value).toBe("ca. tusen");
    expect(cell("Beløp, rad 2").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("Skriv et beløp, for eksempel 150 000.")).toBeTruthy();
  });

  it("take over what is pasted as a range, also into the cell one is in", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Budget start={TWO} />);
    await user.type(cell("Beløp, rad 2"), "9");
    await user.paste("700\n800\n");
    expect(held().map(({ amount_ore }) => amount_ore)).toEqual([6_000_000, 70_000, 80_000]);
    expect(cell("Beløp, rad 2").value).toBe("700");
  });
});

describe("a sheet's marks", () => {
  it("stand in the cell they are about, and are read with it", () => {
    renderInAdmin(
      <Budget start={TWO} errors={{ "lines.1.description": "Skriv hva pengene går til." }} />,
    );
    const marked = cell("Hva, rad 2");
    expect(marked.getAttribute("aria-invalid")).toBe("true");
    const message = document.getElementById(marked.getAttribute("aria-describedby") ?? "");
    expect(message?.textContent).toBe("Skriv hva pengene går til.");
    expect(cell("Hva, rad 1").getAttribute("aria-invalid")).toBe("false");
  });
});
