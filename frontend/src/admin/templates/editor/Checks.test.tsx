import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../app/testing/render";
import { Checks } from "./Checks";
import type { Finding } from "./types";

const finding: Finding = {
  kind: "variable_unbound",
  severity: "error",
  language: "nb",
  section: 3,
  clause: "Budsjett",
  text: "«funding.colour» finnes ikke i saken.",
};

describe("the check list", () => {
  it("says what stands in the way and leads to its place", async () => {
    const show = vi.fn();
    renderInAdmin(<Checks findings={[finding]} onShow={show} />);
    expect(screen.getByText(/1 feil må rettes/)).toBeTruthy();
    expect(screen.getByText("Bokmål · Budsjett")).toBeTruthy();
    await userEvent.setup().click(screen.getByRole("button", { name: "Vis i teksten" }));
    expect(show).toHaveBeenCalledWith(finding);
  });

  it("says that there is nothing to mend", () => {
    renderInAdmin(<Checks findings={[]} onShow={vi.fn()} />);
    expect(screen.getByText("Ingenting å rette")).toBeTruthy();
  });
});
