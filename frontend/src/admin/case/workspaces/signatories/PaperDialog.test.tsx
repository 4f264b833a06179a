import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import { server } from "../../../app/testing/server";
import { PaperDialog } from "./PaperDialog";
import type { SignatureRequest } from "./types";

const request = { id: "r1", name: "Kari Berg" } as SignatureRequest;
const scan = { id: "s1", request_id: "r1", kept_at: "2026-03-02T11:00:00Z", status: "waiting" };
const PAPERS = "*/api/v1/cases/c1/signatories/papers";

function show(papers: object[]) {
  server.use(http.get(PAPERS, () => HttpResponse.json(papers)));
  const close = vi.fn();
  renderInAdmin(<PaperDialog caseId="c1" request={request} onClose={close} />);
  return close;
}

describe("taking in a paper", () => {
  it("wants a scan where none came in", async () => {
    show([]);
    await userEvent.setup().click(screen.getByRole("button", { name: "Bekreft underskriften" }));
    expect(await screen.findByText("Fyll ut dette feltet.")).toBeTruthy();
  });

  it("keeps the scan, and takes it as the signature once the original is seen", async () => {
    const user = userEvent.setup();
    const sent = vi.fn();
    server.use(
      http.post("*/api/v1/cases/c1/signatories/r1/papers", () => HttpResponse.json([scan])),
      http.post(`${PAPERS}/s1/confirm`, async ({ request: asked }) => {
        sent(await asked.json());
        return HttpResponse.json([]);
      }),
    );
    const close = show([]);
    const file = new File(["%PDF-"], "avtale.pdf", { type: "application/pdf" });
    await user.upload(document.querySelector("input[type=file]") as HTMLInputElement, file);
    expect(screen.getByText("avtale.pdf")).toBeTruthy();
    await user.click(screen.getByLabelText("Jeg har sett originalen"));
    await user.click(screen.getByRole("button", { name: "Bekreft underskriften" }));
    await vi.waitFor(() => expect(close).toHaveBeenCalled());
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ original_seen: true });
  });

  it("shows what the signatory sent, and can ask for a better picture", async () => {
    const user = userEvent.setup();
    const sent = vi.fn();
    server.use(
      http.post(`${PAPERS}/s1/refuse`, async ({ request: asked }) => {
        sent(await asked.json());
        return HttpResponse.json([]);
      }),
    );
    show([scan]);
    const link = await screen.findByRole("link", { name: /åpne bildet/ });
    expect(link.getAttribute("href")).toContain("/papers/s1/file");
    await user.click(screen.getByRole("button", { name: "Be om nytt bilde" }));
    await user.type(screen.getByLabelText(/Hva er galt/), "For mørkt.");
    await user.click(screen.getByRole("button", { name: "Be om nytt bilde" }));
    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ reason: "For mørkt." }));
  });
});
