import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { BeforeSending } from "./BeforeSending";

const party = (can: string[]) => ({
  party_id: "p1",
  party_name: "Solbakken borettslag",
  asked_for: true,
  looking_up: false,
  settled: false,
  confirmed: false,
  source: null,
  source_label: "",
  basis: "",
  recorded_at: null,
  recorded_by: null,
  unclear: null,
  failed: null,
  words: "",
  reason: "",
  sentences: [],
  ways: [],
  people: [],
  registered: [],
  substitutes: [],
  optional: false,
  missing: [],
  has_file: false,
  question: null,
  can,
});

function draw(can: string[], sent_at: string | null = null) {
  server.use(
    http.get("*/api/v1/cases/c1/authority", () =>
      HttpResponse.json({ required: false, parties: [party(can)] }),
    ),
    http.get("*/api/v1/cases/c1/signatories", () => HttpResponse.json({ sent_at, parties: [] })),
    http.get("*/api/v1/cases/c1", () =>
      HttpResponse.json({ id: "c1", parties: [{ id: "p1", contacts: [] }] }),
    ),
  );
  renderInAdmin(<BeforeSending caseId="c1" />);
}

const CARD = { name: "Hvem kan signere for Solbakken borettslag" };

describe("authority before the agreement is sent out", () => {
  it("lets legal decide while somebody else plans the signing", async () => {
    draw(["decide"]);
    expect(await screen.findByRole("region", CARD)).toBeTruthy();
  });

  it.each([
    ["is shown to nobody else", ["ask"], null],
    ["gives way once it is sent out", ["decide"], "2026-11-20T08:00:00Z"],
  ])("%s", async (_, can, sentAt) => {
    draw(can, sentAt);
    await expect(screen.findByRole("region", CARD)).rejects.toThrow();
  });
});
