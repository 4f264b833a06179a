import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import { HoldDialog } from "./acts/HoldDialog";
import { OnHold } from "./OnHold";
import type { CaseDetail } from "./types";

const resting = {
  id: "c1",
  can: ["resume"],
  hold: {
    reason: "Styret venter på ny leder.",
    until_on: "2027-01-11",
    held_at: "2026-11-25T10:00:00Z",
    held_by: { id: "p1", name: "Ingrid Solheim" },
  },
} as CaseDetail;

describe("a case on hold", () => {
  it("says why, until when and by whom, and is taken up by one button", async () => {
    const resumed = vi.fn();
    server.use(
      http.post("*/api/v1/cases/c1/resume", () => {
        resumed();
        return HttpResponse.json({});
      }),
    );
    renderInAdmin(<OnHold found={resting} />);
    expect(screen.getByText("Styret venter på ny leder.")).toBeTruthy();
    expect(screen.getByText(/på vent til .*11\. januar 2027/)).toBeTruthy();
    expect(screen.getByText(/Ingrid Solheim/)).toBeTruthy();
    await userEvent.setup().click(screen.getByRole("button", { name: "Ta opp igjen" }));
    await vi.waitFor(() => expect(resumed).toHaveBeenCalledOnce());
  });

  it("offers nothing to who may only read", () => {
    renderInAdmin(<OnHold found={{ ...resting, can: [] }} />);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("may be put on hold without a day", async () => {
    let sent: unknown;
    server.use(
      http.post("*/api/v1/cases/c1/hold", async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({});
      }),
    );
    const closed = vi.fn();
    const user = userEvent.setup();
    renderInAdmin(<HoldDialog found={resting} onClose={closed} />);
    await user.type(screen.getByLabelText(/Begrunnelse/), "Venter på budsjettet.");
    await user.click(screen.getByRole("button", { name: "Sett saken på vent" }));
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(sent).toEqual({ reason: "Venter på budsjettet.", until_on: null });
  });
});
