import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import { server } from "../../../app/testing/server";
import type { TaskDetail } from "../../types";
import DecisionWorkspace from "./DecisionWorkspace";

const OUTCOMES = { approved: "Innvilget", returned: "Sendes tilbake", rejected: "Avslått" };

const task = {
  id: "t1",
  element: "decide_co_funding",
  version: 1,
  can_complete: true,
  draft: null,
  draft_saved_at: null,
  form: {
    schema: {
      type: "object",
      properties: {
        outcome: {
          type: "string",
          title: "Hva vedtar du?",
          oneOf: Object.entries(OUTCOMES).map(([value, title]) => ({ const: value, title })),
        },
      },
    },
    ui: { outcome: { "ui:widget": "radio" } },
  },
} as unknown as TaskDetail;

function version(number: number, amount_ore: number) {
  return {
    id: `v${number}`,
    number,
    note: "",
    amount_ore,
    total_ore: 40_000_000,
    submitted_at: "2026-11-20T08:00:00Z",
    submitted_by: { id: "u1", name: "Marte Lien" },
    content: {
      title: "Språktrening",
      background: "",
      goals: "",
      target_groups: "",
      results: "",
      maintenance: "",
      activities: [],
      lines: [
        { description: "Kurs", category: "services", amount_ore: 30_000_000 },
        { description: "Bøker", category: "materials", amount_ore: 10_000_000 },
      ],
      contributions: [
        { party_id: null, party: "Solvik kommune", kind: "cash", description: "", amount_ore },
      ],
    },
  };
}

const rule = (decision_level: string, legal_reference: string) => ({
  at: "2026-11-20T08:00:00Z",
  element: "choose_decision_maker",
  table: "delegation",
  sentence: "Direktøren kan vedta bidrag inntil 2 000 000 kroner.",
  outputs: { decision_level, legal_reference },
});

const party = (name: string, standing: string) => ({
  party_id: name,
  name,
  standing,
  number: standing === "not_asked" ? null : 1,
  by: "Kari Solberg",
  role_title: "Styreleder",
  reason: standing === "refused" ? "Styret har ikke møtt." : "",
  answered_at: standing === "not_asked" ? null : "2026-11-19T08:00:00Z",
});

function draw(parties = [party("Solbakken", "confirmed")]) {
  server.use(
    http.get("*/api/v1/cases/c1/proposal/statements", () => HttpResponse.json([])),
    http.get("*/api/v1/cases/c1/proposal/readings", () =>
      HttpResponse.json({ sent: [], threads: [], contacts: [], parties }),
    ),
    http.put("*/api/v1/tasks/t1/draft", () => HttpResponse.json({})),
    http.get("*/api/v1/cases/c1/proposal/versions", () =>
      HttpResponse.json({ items: [version(1, 100), version(2, 26_000_000)], total: 2 }),
    ),
    http.get("*/api/v1/cases/c1/rules", () =>
      HttpResponse.json([rule("director", "Reglementet § 3-1"), rule("committee", "§ 2-4")]),
    ),
  );
  renderInAdmin(<DecisionWorkspace caseId="c1" task={task} onCompleted={vi.fn()} />);
}

describe("deciding on co-funding", () => {
  it("shows what was sent in last, and on which authority it is decided", async () => {
    draw();
    const budget = await screen.findByRole("table", { name: "Budsjett" });
    expect(within(budget).getByText(/400\s000/)).toBeTruthy();
    const funding = screen.getByRole("table", { name: "Finansiering" });
    expect(within(funding).getByText("Solvik kommune")).toBeTruthy();
    expect(within(funding).getAllByText(/260\s000/).length).toBeGreaterThan(0);
    expect(await screen.findByText("Hjemmel: Reglementet § 3-1")).toBeTruthy();
  });

  it("lets the button say what the decision is", async () => {
    const user = userEvent.setup();
    draw();
    expect(await screen.findByRole("button", { name: "Gjør vedtaket" })).toBeTruthy();
    await user.click(screen.getByRole("radio", { name: "Innvilget" }));
    expect(screen.getByRole("button", { name: /^Innvilg 260\s000\skr$/ })).toBeTruthy();
    await user.click(screen.getByRole("radio", { name: "Avslått" }));
    expect(screen.getByRole("button", { name: "Avslå søknaden" })).toBeTruthy();
  });

  it("says which parties confirmed what is decided on, and lets it be decided all the same", async () => {
    draw([party("Solbakken", "confirmed"), party("Furulia vel", "changed")]);
    expect(await screen.findByText(/Ikke alle partene har bekreftet/)).toBeTruthy();
    const said = within(screen.getByRole("list", { name: "Hva partene sier" }));
    expect(said.getByText("Bekreftet")).toBeTruthy();
    expect(said.getByText("Bekreftet en annen versjon")).toBeTruthy();
    expect(said.getAllByText(/Kari Solberg, Styreleder, versjon 1/).length).toBe(2);
    const button = screen.getByRole("button", { name: "Gjør vedtaket" });
    expect(button.hasAttribute("disabled")).toBe(false);
  });

  it("warns of nothing where all have confirmed", async () => {
    draw();
    expect(await screen.findByText(/Alle partene har bekreftet/)).toBeTruthy();
    expect(screen.queryByText(/Ikke alle partene/)).toBeNull();
  });
});
