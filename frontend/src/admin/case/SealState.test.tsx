import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import { type Seal, SealState } from "./SealState";

const failed: Seal = {
  state: "failed",
  signed_at: "2026-03-02T11:00:00Z",
  level: "",
  wanted_level: "B-B",
  files: [],
  verify_at: "https://samarbeid.example/verify",
  failures: 3,
  failed_at: "2026-03-02T11:05:00Z",
  problem: "Filen med nøkkelen til seglet finnes ikke lenger.",
  may_seal: true,
};

function show(seal: Seal | null) {
  server.use(http.get("*/api/v1/cases/c1/seal", () => HttpResponse.json(seal)));
  renderInAdmin(<SealState caseId="c1" />);
}

describe("the seal of a case", () => {
  it("that could not be set says why, and is tried again by one button", async () => {
    const tried = vi.fn();
    server.use(
      http.post("*/api/v1/cases/c1/seal/again", () => {
        tried();
        return HttpResponse.json(failed);
      }),
    );
    show(failed);
    expect(await screen.findByText(failed.problem)).toBeTruthy();
    expect(screen.getByText(/3 forsøk, sist/)).toBeTruthy();
    await userEvent.setup().click(screen.getByRole("button", { name: "Segl på nytt" }));
    await vi.waitFor(() => expect(tried).toHaveBeenCalledOnce());
  });

  it("offers no button to who may only look", async () => {
    show({ ...failed, may_seal: false });
    await screen.findByText(failed.problem);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is being set as long as nothing failed", async () => {
    show({ ...failed, state: "sealing", failures: 0, failed_at: null, problem: "" });
    expect(await screen.findByText(/forsegles nå/)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
