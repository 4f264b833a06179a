import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Identity } from "../app/authProvider";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import AbsencesPage from "./AbsencesPage";
import { RegisterDialog } from "./RegisterDialog";

const KARI = { id: "p1", name: "Kari Lie" };
const OLA = { id: "p2", name: "Ola Dal" };
const away = {
  id: "a1",
  person: KARI,
  substitute: OLA,
  from_on: "2026-11-20",
  until_on: "2026-12-04",
  now: true,
  reason: "",
  can: ["end"],
};

describe("absences", () => {
  it("tell who is away, who stands in, and end by one button", async () => {
    const ended = vi.fn();
    server.use(
      http.get("*/api/v1/absences", () => HttpResponse.json({ items: [away], total: 1 })),
      http.post("*/api/v1/people/p1/absences/a1/end", () => {
        ended();
        return new HttpResponse(null, { status: 204 });
      }),
    );
    renderInAdmin(<AbsencesPage />);
    const row = await screen.findByRole("listitem");
    expect(row.textContent).toContain("Kari Lie");
    expect(row.textContent).toContain("Vikar: Ola Dal");
    expect(within(row).getByText("Borte nå")).toBeTruthy();
    await userEvent
      .setup()
      .click(screen.getByRole("button", { name: "Avslutt fraværet til Kari Lie" }));
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
  });

  it("say at the field why somebody cannot stand in, and keep what was chosen", async () => {
    server.use(
      http.get("*/api/v1/people", () => HttpResponse.json({ items: [KARI, OLA], total: 2 })),
      http.post("*/api/v1/people/p1/absences", () =>
        HttpResponse.json(
          {
            errors: [{ pointer: "/substitute_id", code: "x", detail: "Ola Dal mangler en rolle." }],
          },
          { status: 422 },
        ),
      ),
    );
    const me = { ...KARI, grants: [{ role: "liaison", area_id: null }] } as unknown as Identity;
    renderInAdmin(<RegisterDialog me={me} onClose={() => undefined} />);
    expect(screen.queryByLabelText(/Hvem er borte/)).toBeNull();
    const user = userEvent.setup();
    await user.type(screen.getByRole("combobox", { name: /Vikar/ }), "Ola");
    await user.click(await screen.findByRole("option", { name: "Ola Dal" }));
    await user.type(screen.getByLabelText(/Fra og med/), "2026-11-20");
    await user.type(screen.getByLabelText(/Til og med/), "2026-12-04");
    await user.click(screen.getByRole("button", { name: "Registrer fraværet" }));
    expect(await screen.findByText("Ola Dal mangler en rolle.")).toBeTruthy();
    expect((screen.getByRole("combobox", { name: /Vikar/ }) as HTMLInputElement).value).toBe(
      "Ola Dal",
    );
  });
});
