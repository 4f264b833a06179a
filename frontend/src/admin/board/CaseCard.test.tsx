import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import type { CaseSummary } from "../app/types";
import { CaseCard } from "./CaseCard";

const NOW = new Date("2026-11-25T10:00:00");

const found: CaseSummary = {
  id: "c1",
  number: "2026-00007",
  title: "Oppgradering av gårdsrommet",
  stage: "proposal",
  stage_since: "2026-11-13T08:00:00",
  outcome: null,
  area: { id: "a1", name: "Furulia" },
  responsible: { id: "p1", name: "Ingrid Solheim" },
  lead_partner: { id: "b1", name: "Solbakken borettslag", kind: "housing_cooperative" },
  party_count: 3,
  next_due_on: "2026-11-22",
  overdue: true,
  on_hold: false,
  whose_turn: { role: "liaison", label: "Områdekontakt", person_name: "Ingrid Solheim" },
  total_ore: 45_000_000,
  version: 1,
};

describe("a card of the board", () => {
  it("says in words that the case is late, by how much, and whose turn it is", () => {
    renderInAdmin(<CaseCard found={found} now={NOW} />);
    expect(screen.getByText("3 dager over fristen")).toBeTruthy();
    expect(screen.getByText("Ingrid Solheim")).toBeTruthy();
    expect(screen.getByText("12 dager i trinnet")).toBeTruthy();
    expect(screen.getByText("og 2 parter til")).toBeTruthy();
  });

  it("is one link to the case, named by its title", () => {
    renderInAdmin(<CaseCard found={found} now={NOW} />);
    const link = screen.getByRole("link", { name: "Oppgradering av gårdsrommet" });
    expect(link.getAttribute("href")).toBe("/cases/c1/show");
  });

  it("names the role when nobody has taken the task, and nothing about deadlines without one", () => {
    renderInAdmin(
      <CaseCard
        found={{
          ...found,
          next_due_on: null,
          overdue: false,
          whose_turn: { role: "legal", label: "Jurist", person_name: null },
        }}
        now={NOW}
      />,
    );
    expect(screen.getByText("Jurist")).toBeTruthy();
    expect(screen.queryByText(/fristen/)).toBeNull();
  });

  it("says that the case is on hold, and asks nobody", () => {
    const resting = { ...found, on_hold: true, overdue: false, next_due_on: null };
    renderInAdmin(<CaseCard found={{ ...resting, whose_turn: null }} now={NOW} />);
    expect(screen.getByText("På vent")).toBeTruthy();
    expect(screen.queryByText("Ingrid Solheim")).toBeNull();
  });
});
