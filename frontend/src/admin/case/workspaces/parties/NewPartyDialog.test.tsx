import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import { server } from "../../../app/testing/server";
import type { CaseDetail } from "../../types";
import { NewPartyDialog } from "./NewPartyDialog";

const found = { id: "c1", parties: [] } as unknown as CaseDetail;
const NO_ADDRESS = "Skriv en e-postadresse eller et telefonnummer.";

describe("registering a new party from the case", () => {
  it("puts the contact's refusal at the contact's field, and makes nothing twice", async () => {
    const sent: [string, unknown][] = [];
    const keep =
      (name: string, answer: object) =>
      async ({ request }: { request: Request }) => {
        sent.push([name, await request.json()]);
        return HttpResponse.json(answer);
      };
    let refusals = 1;
    server.use(
      http.post("*/api/v1/partners", keep("partner", { id: "p1" })),
      http.post("*/api/v1/partners/p1/contacts", ({ request }) => {
        refusals -= 1;
        if (refusals < 0) return keep("contact", { id: "k1" })({ request });
        const errors = [{ pointer: "/email", code: "x", detail: NO_ADDRESS }];
        return HttpResponse.json({ status: 422, detail: "Se over.", errors }, { status: 422 });
      }),
      http.post("*/api/v1/cases/c1/parties", keep("party", [])),
    );
    const onClose = vi.fn();
    const user = userEvent.setup();
    renderInAdmin(<NewPartyDialog found={found} onClose={onClose} />);
    await user.type(screen.getByLabelText(/^Navn/), "Solbakken borettslag");
    await user.type(screen.getByLabelText(/^Organisasjonsnummer/), "974760673");
    await user.type(screen.getByLabelText(/^Kontaktperson/), "Mona Lie");
    const button = screen.getByRole("button", { name: "Registrer og ta med i saken" });
    await user.click(button);
    expect(await screen.findByText(NO_ADDRESS)).toBeTruthy();
    expect(screen.getByLabelText(/^E-post/).getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByDisplayValue("Mona Lie")).toBeTruthy();

    await user.type(screen.getByLabelText(/^E-post/), "mona@solbakken.example");
    await user.click(button);
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(sent.map(([name]) => name)).toEqual(["partner", "contact", "party"]);
    expect(sent[0]?.[1]).toMatchObject({ organisation_number: "974760673" });
    expect(sent[2]?.[1]).toEqual({ partner_id: "p1", contact_id: "k1" });
  });
});
