import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import { server } from "../../../app/testing/server";
import { type Correction, Corrections } from "./Corrections";

const wish: Correction = {
  id: "w1",
  name: "Ola Moen",
  party_name: "Furulia Kaffebrenneri",
  wanted: "Beløpet i punkt 4 er feil.",
  status: "open",
};

function show(mayAnswer: boolean) {
  server.use(
    http.get("*/api/v1/cases/c1/signatories/corrections", () => HttpResponse.json([wish])),
  );
  renderInAdmin(<Corrections caseId="c1" mayAnswer={mayAnswer} />);
}

describe("a signatory who wants a correction", () => {
  it("is heard: the agreement is returned with what they wrote, unless it is edited", async () => {
    let sent: unknown;
    server.use(
      http.post("*/api/v1/cases/c1/signatories/corrections/w1/accept", async ({ request }) => {
        sent = await request.json();
        return new HttpResponse(null, { status: 204 });
      }),
    );
    show(true);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Ta tilbake for retting" }));
    const buttons = screen.getAllByRole("button", { name: "Ta tilbake for retting" });
    await user.click(buttons[buttons.length - 1] as HTMLElement);
    await waitFor(() => expect(sent).toEqual({ reason: wish.wanted }));
  });

  it("is only shown to who may not answer", async () => {
    show(false);
    await screen.findByText(wish.wanted);
    expect(screen.queryByRole("button")).toBeNull();
  });
});
