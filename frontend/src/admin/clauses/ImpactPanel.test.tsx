import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import { ImpactPanel } from "./ImpactPanel";
import type { ClauseVersion, ClauseView, Impact, TemplateWithClause } from "./types";

const version = (id: string, number: number, status: string): ClauseVersion => ({
  id,
  number,
  status,
  origin: "municipality",
  in_force_from: null,
  review_by: null,
  change_note: "",
  version: 1,
  approved_by: "",
});
const clause: ClauseView = {
  id: "c1",
  key: "disputes",
  title: "Tvister",
  reason: "",
  mandatory_for: [],
  in_force: version("v2", 2, "in_force"),
  newest: version("v2", 2, "in_force"),
  uses: 2,
  legal_references: [],
  bodies: {},
  versions: [version("v1", 1, "retired"), version("v2", 2, "in_force")],
  can: ["edit"],
};
const held = (id: string, status: string, number: number): TemplateWithClause => ({
  template_id: id,
  title: `Mal ${id}`,
  version: version(`${id}-${status}`, 1, status),
  number,
  old_wording: number < 2,
});
const impact: Impact = {
  templates: [
    held("a", "in_force", 1),
    held("b", "in_force", 1),
    held("c", "in_force", 1),
    held("c", "draft", 2),
    held("d", "in_force", 2),
  ],
  now: { running: 1, signed: 0 },
  old: { running: 2, signed: 30 },
};

function show(view: ClauseView = clause, found: Impact = impact) {
  const asked: string[] = [];
  const sent: unknown[] = [];
  server.use(
    http.get("*/api/v1/clauses/c1/impact", () => HttpResponse.json(found)),
    http.get("*/api/v1/clauses/c1/agreements", ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json([]);
    }),
    http.post("*/api/v1/clauses/c1/versions/v2/carry", async ({ request }) => {
      sent.push(await request.json());
      const made = { template_id: "a", title: "Mal a", version_id: "x", number: 2 };
      return HttpResponse.json([{ ...made, outcome: "draft_made" }]);
    }),
  );
  renderInAdmin(<ImpactPanel clause={view} />);
  return { asked, sent };
}

describe("the impact of a clause", () => {
  it("carries a new wording over into the templates chosen that no draft mends yet", async () => {
    const { sent } = show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("checkbox", { name: "Ta med Mal b" }));
    expect(screen.queryByRole("checkbox", { name: "Ta med Mal c" })).toBeNull();
    expect(screen.queryByRole("checkbox", { name: "Ta med Mal d" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Lag utkast med ny ordlyd" }));
    await waitFor(() => expect(sent).toEqual([{ template_ids: ["a"] }]));
    const told = within(await screen.findByRole("alert"));
    expect(told.getByText(/Mal a: utkast til versjon 2 er laget/)).toBeTruthy();
    const link = told.getByRole("link", { name: "Åpne utkastet" });
    expect(link.getAttribute("href")).toBe("/templates/a/versions/x");
  });

  it("shows older wordings first, and all when asked", async () => {
    const { asked } = show();
    const sum = /32 av dem har eldre ordlyd: 2 under arbeid, 30 underskrevet/;
    expect(await screen.findByText(sum)).toBeTruthy();
    await waitFor(() => expect(asked[0]).toContain("old=true"));
    const user = userEvent.setup();
    await user.click(screen.getByRole("checkbox", { name: "Vis bare eldre ordlyd" }));
    await waitFor(() => expect(asked.at(-1)).toContain("old=false"));
    await user.click(await screen.findByRole("button", { name: "Vis flere" }));
    await waitFor(() => expect(asked.at(-1)).toContain("per_page=60"));
  });

  it("says so where nothing is old, and offers nothing to those who only read", async () => {
    show({ ...clause, can: [] }, { ...impact, old: { running: 0, signed: 0 } });
    expect(await screen.findByText(/Alle har ordlyden som gjelder nå/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Lag utkast med ny ordlyd" })).toBeNull();
  });
});
