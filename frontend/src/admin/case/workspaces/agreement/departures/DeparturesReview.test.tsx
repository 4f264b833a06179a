import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { DeparturesReview } from "./DeparturesReview";
import { departure, draft } from "./samples";
import type { Departure } from "./types";

const AT = "*/api/v1/cases/c1/agreement";

function show(changes: Partial<Departure> = {}, departures = [{ ...departure, ...changes }]) {
  const view = { ...draft, departures, may_write: false, may_judge: true };
  const sent: unknown[] = [];
  server.use(
    http.get(`${AT}/departures`, () => HttpResponse.json(view)),
    http.post(`${AT}/departures/d1/judge`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(view);
    }),
  );
  renderInAdmin(<DeparturesReview caseId="c1">Hele teksten</DeparturesReview>);
  return sent;
}

const verdict = { verdict: "rejected", reason: "For lenge.", by: "Jonas Berg", at: "2026-03-03" };

describe("legal's review of departures", () => {
  it("shows just them, with the whole text folded away", async () => {
    show();
    expect(await screen.findByText("Én endring fra den godkjente teksten")).toBeTruthy();
    expect(screen.getByText("2. Utbetaling")).toBeTruthy();
    expect(screen.queryByText("Hele teksten")).toBeNull();
    await userEvent.setup().click(screen.getByRole("button", { name: "Les hele avtalen" }));
    expect(await screen.findByText("Hele teksten")).toBeTruthy();
  });

  it("shows the whole text where nothing departs", async () => {
    show({}, []);
    expect(await screen.findByText("Hele teksten")).toBeTruthy();
  });

  it("approves one, or says no with a reason", async () => {
    const sent = show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Godkjenn: 2. Utbetaling" }));
    await waitFor(() => expect(sent).toEqual([{ verdict: "approved" }]));
    await user.click(screen.getByRole("button", { name: "Si nei: 2. Utbetaling" }));
    const box = within(screen.getByRole("dialog"));
    await user.click(box.getByRole("button", { name: "Si nei" }));
    expect(await box.findByText("Fyll ut dette feltet.")).toBeTruthy();
    await user.type(box.getByRole("textbox"), "For lenge.");
    await user.click(box.getByRole("button", { name: "Si nei" }));
    await waitFor(() => expect(sent[1]).toEqual({ verdict: "rejected", reason: "For lenge." }));
  });

  it("says what becomes of promises whose words changed", async () => {
    const report = { kind: "report", who: "Solbakken", due_on: "2027-02-01", kept: true };
    show({ promises: [report, { ...report, kind: "payment", kept: false }] });
    expect(await screen.findByText(/med frist mandag 1\. februar 2027/)).toBeTruthy();
    expect(screen.getByText(/følges ikke lenger opp etter signering/)).toBeTruthy();
  });

  it("does not let the author approve their own", async () => {
    show({ own: true });
    expect(await screen.findByText(/En annen jurist må godkjenne den/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Godkjenn/ })).toBeNull();
  });

  it("lets a verdict be changed, and says when all are given", async () => {
    show({ verdict: verdict as Departure["verdict"] });
    expect(await screen.findByText(/Alle endringene har fått svar/)).toBeTruthy();
    expect(screen.getByText(/Jonas Berg sa nei/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Si nei/ })).toBeNull();
    expect(screen.getByRole("button", { name: /^Godkjenn/ })).toBeTruthy();
  });
});
