import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../app/testing/render";
import { NewWordings } from "./NewWordings";

const wording = (key: string, number: number) => ({
  key,
  title: key,
  reason: "",
  number,
  bodies: {},
  same: [number],
});
const STORED = ["vat", "disputes"]
  .map(
    (key) =>
      `<section data-clause="${key}" data-clause-version="1">\n<h2>${key}</h2>\n</section>\n`,
  )
  .join("");

describe("newer wordings", () => {
  it("are named and fetched one by one", async () => {
    const renew = vi.fn();
    const wordings = [wording("vat", 1), wording("disputes", 2)];
    renderInAdmin(
      <NewWordings stored={STORED} wordings={wordings} editable onRenew={renew} onShow={vi.fn()} />,
    );
    expect(screen.getByText("versjon 1 → 2")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Hent ny ordlyd: vat" })).toBeNull();
    await userEvent.setup().click(screen.getByRole("button", { name: "Hent ny ordlyd: disputes" }));
    expect(renew).toHaveBeenCalledWith(wordings[1]);
  });

  it("are not fetched into a text that is closed", () => {
    renderInAdmin(
      <NewWordings
        stored={STORED}
        wordings={[wording("disputes", 2)]}
        editable={false}
        onRenew={vi.fn()}
        onShow={vi.fn()}
      />,
    );
    expect(screen.queryByRole("button", { name: /Hent ny ordlyd/ })).toBeNull();
    expect(screen.getByRole("button", { name: /Vis i teksten/ })).toBeTruthy();
  });
});
