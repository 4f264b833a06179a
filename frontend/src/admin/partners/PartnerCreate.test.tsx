import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { ResourceContextProvider } from "react-admin";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import PartnerCreate from "./PartnerCreate";

const NO_AREAS = http.get("*/api/v1/areas", () => HttpResponse.json({ items: [], total: 0 }));

describe("registering a partner", () => {
  it("puts the refusal at the number and keeps what was typed", async () => {
    let sent: unknown;
    server.use(
      NO_AREAS,
      http.post("*/api/v1/partners", async ({ request }) => {
        sent = await request.json();
        const errors = [
          { pointer: "/organisation_number", code: "x", detail: "Nummeret stemmer ikke." },
        ];
        return HttpResponse.json(
          { status: 422, detail: "Se over feltene.", errors },
          { status: 422 },
        );
      }),
    );
    const user = userEvent.setup();
    renderInAdmin(
      <ResourceContextProvider value="partners">
        <PartnerCreate />
      </ResourceContextProvider>,
    );
    await user.type(await screen.findByLabelText(/^Navn/), "Solbakken borettslag");
    await user.type(screen.getByLabelText(/^Organisasjonsnummer/), "974760674");
    await user.click(screen.getByRole("button", { name: "Registrer partneren" }));

    expect(await screen.findByText("Nummeret stemmer ikke.")).toBeTruthy();
    expect(screen.getByLabelText(/^Organisasjonsnummer/).getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByDisplayValue("Solbakken borettslag")).toBeTruthy();
    expect(screen.getByDisplayValue("974760674")).toBeTruthy();
    expect(sent).toEqual({
      kind: "housing_cooperative",
      name: "Solbakken borettslag",
      organisation_number: "974760674",
    });
  });
});
