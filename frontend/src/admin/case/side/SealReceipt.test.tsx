import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../app/testing/render";
import { server } from "../../app/testing/server";
import type { Seal } from "../SealState";
import { SealReceipt } from "./SealReceipt";

const sealed: Seal = {
  state: "sealed",
  signed_at: "2026-03-02T11:00:00Z",
  level: "B-B",
  wanted_level: "B-T",
  files: [{ level: "B-B", sha256: "ab".repeat(32), made_at: "2026-03-02T11:01:00Z" }],
  verify_at: "https://samarbeid.example/verify",
  failures: 0,
  failed_at: null,
  problem: "",
  may_seal: false,
};

function show(seal: Seal | null) {
  server.use(http.get("*/api/v1/cases/c1/seal", () => HttpResponse.json(seal)));
  renderInAdmin(<SealReceipt caseId="c1" />);
}

describe("the receipt of a seal", () => {
  it("tells the level reached, the file's fingerprint and where anybody checks it", async () => {
    show(sealed);
    expect(await screen.findByText(/^PAdES B-B:/)).toBeTruthy();
    expect(screen.getByText("ab".repeat(32))).toBeTruthy();
    expect(screen.getByRole("link").getAttribute("href")).toBe(sealed.verify_at);
  });

  it("says that a time stamp is still due", async () => {
    show(sealed);
    expect(await screen.findByText(/PAdES B-T så snart/)).toBeTruthy();
  });

  it("keeps the file that was given out first when a time stamp was added", async () => {
    const later = { level: "B-T", sha256: "cd".repeat(32), made_at: "2026-03-02T12:00:00Z" };
    show({ ...sealed, level: "B-T", files: [...sealed.files, later] });
    expect(await screen.findByText(/^PAdES B-T:/)).toBeTruthy();
    expect(screen.getAllByRole("listitem")).toHaveLength(2);
    expect(screen.queryByText(/så snart/)).toBeNull();
  });

  it("is not there before the seal is", () => {
    show({ ...sealed, state: "sealing", files: [], level: "" });
    expect(screen.queryByRole("heading")).toBeNull();
  });
});
