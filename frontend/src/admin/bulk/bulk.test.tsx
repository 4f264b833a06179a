import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { Route, Routes } from "react-router-dom";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import BulkPage from "./BulkPage";
import RunPage from "./RunPage";
import type { BulkTemplate, Candidate, Item, Run } from "./types";

const AT = "*/api/v1/bulk-agreements";

const template: BulkTemplate = {
  id: "t1",
  title: "Samarbeidsavtale",
  languages: ["nb", "nn"],
  fields: [
    {
      name: "meetings",
      label: "Møter i året",
      help: "",
      type: "number",
      value: null,
      required: true,
      asked_if: null,
      choices: [],
      minimum: 0,
      maximum: 12,
    },
  ],
};

const candidates: Candidate[] = ["Gårdsrom", "Lekeplass"].map((title, at) => ({
  id: `c${at}`,
  number: `2026-0000${at + 1}`,
  title,
  partner: "Solbakken borettslag",
}));

const run: Run = {
  id: "r1",
  template: "Samarbeidsavtale",
  status: "running",
  started_at: "2026-03-02T09:00:00Z",
  started_by: { id: "p1", name: "Jonas Berg" },
  total: 500,
  made: 120,
  failed: 1,
  waiting: 379,
};

const failed: Item = {
  id: "i1",
  case_id: "c9",
  number: "2026-00009",
  title: "Snarvei",
  partner: "Furulia vel",
  status: "failed",
  gaps: 0,
  causes: ["Saken er ikke lenger på trinnet «avtale»."],
};

function start(found: Candidate[]) {
  const sent: unknown[] = [];
  server.use(
    http.get("*/api/v1/areas", () => HttpResponse.json({ items: [], total: 0 })),
    http.get(`${AT}/templates`, () => HttpResponse.json([template])),
    http.get(`${AT}/candidates`, () => HttpResponse.json({ items: found, total: found.length })),
    http.get(AT, () => HttpResponse.json({ items: [run], total: 1 })),
    http.post(AT, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(run, { status: 201 });
    }),
  );
  renderInAdmin(<BulkPage />);
  return sent;
}

function follow(told: () => Run) {
  server.use(
    http.get(`${AT}/r1`, () => HttpResponse.json(told())),
    http.get(`${AT}/r1/items`, () => HttpResponse.json({ items: [failed], total: 1 })),
  );
  renderInAdmin(
    <Routes>
      <Route path="/bulk-agreements/:id" element={<RunPage />} />
    </Routes>,
    "/bulk-agreements/r1",
  );
}

describe("many agreements", () => {
  it("are begun for all that fit, with the answers common to them", async () => {
    const sent = start(candidates);
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText(/Møter i året/), "4");
    await user.click(await screen.findByRole("button", { name: "Lag 2 utkast" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      template_id: "t1",
      language: "nb",
      fields: { meetings: 4 },
      area_id: null,
      case_ids: null,
    });
  });

  it("are begun for those that are chosen", async () => {
    const sent = start(candidates);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("checkbox", { name: /Lekeplass/ }));
    await user.click(screen.getByRole("button", { name: "Lag 1 utkast" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ case_ids: ["c0"] });
  });

  it("tell what makes a case ready where none is", async () => {
    start([]);
    expect(await screen.findByText("Ingen saker er klare for denne malen")).toBeTruthy();
    const button = screen.getByRole("button", { name: "Lag 0 utkast" });
    expect((button as HTMLButtonElement).disabled).toBe(true);
  });

  it("show how far they are, in words too, and why one failed", async () => {
    follow(() => run);
    const bar = await screen.findByRole("progressbar", { name: "Laget så langt" });
    expect(bar.getAttribute("aria-valuetext")).toBe("121 av 500");
    expect(screen.getByText("120 laget, 1 feilet, 379 igjen")).toBeTruthy();
    expect((await screen.findAllByText(/ikke lenger på trinnet/)).length).toBeGreaterThan(0);
    expect(screen.queryByRole("link", { name: /Last ned/ })).toBeNull();
  });

  it("are stopped, and what is made can be fetched", async () => {
    let told = run;
    server.use(
      http.post(`${AT}/r1/cancel`, () => {
        told = { ...run, status: "cancelled" };
        return HttpResponse.json(told);
      }),
    );
    follow(() => told);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Stopp" }));
    const link = await screen.findByRole("link", { name: "Last ned alt (ZIP)" });
    expect(link.getAttribute("href")).toBe("/api/v1/bulk-agreements/r1/drafts.zip");
    expect(screen.getByRole("button", { name: "Prøv det som gjenstår" })).toBeTruthy();
  });
});
