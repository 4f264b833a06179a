import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import { server } from "../../../app/testing/server";
import { SignerTerms, strongEnough } from "./SignerTerms";
import type { Arranged, MethodChoice, SignatoriesEdit, SignatoriesView } from "./types";

const methods: MethodChoice[] = [
  { key: "email_confirmation", label: "E-postbekreftelse", about: "Viser e-posten.", missing: "" },
  {
    key: "sms_code",
    label: "Kode på SMS",
    about: "Viser telefonen.",
    missing: "FELLESGREP_SMS_URL",
  },
  { key: "wet_ink", label: "Underskrevet på papir", about: "Originalen er sett.", missing: "" },
];

const request = {
  id: "r1",
  party_id: "p1",
  party_name: "Solbakken",
  contact_id: "k1",
  name: "Kari Berg",
  role_title: "",
  reachable: true,
  status: "planned",
  late: false,
  deadline_on: null,
  sent_at: null,
  answered_at: null,
  decline_reason: null,
  order: 1,
  policy_method: "email_confirmation",
  lowered_to: null,
  lowered_reason: "",
  required_method: "email_confirmation",
};

const view = (changes: Partial<typeof request>, mayLower = false): SignatoriesView => ({
  version: 1,
  signatories: [{ ...request, ...changes } as SignatoriesView["signatories"][number]],
  countersigner: null,
  deadline_on: null,
  sent_at: null,
  countersigned_at: null,
  parties: [],
  may_arrange: true,
  may_resend: false,
  may_recall: false,
  may_lower: mayLower,
  may_take_paper: false,
  methods,
});

const plan: SignatoriesEdit = {
  signatories: [
    { party_id: "p1", contact_id: "k1", method: null, order: 1 },
    { party_id: "p2", contact_id: "k2", method: null, order: 1 },
  ],
  countersigner_id: null,
  deadline_on: null,
};

function Terms({ shown }: { shown: SignatoriesView }) {
  const [value, change] = useState(plan);
  const saved = { value, change, view: shown, errors: {} } as unknown as Arranged;
  return (
    <>
      <SignerTerms caseId="c1" name="Kari Berg" place={0} saved={saved} />
      <output>{JSON.stringify(value.signatories[0])}</output>
    </>
  );
}

const held = () => JSON.parse(screen.getByText(/^\{/).textContent ?? "");

describe("the terms of a signatory", () => {
  it("say what the method proves, and can be raised", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Terms shown={view({})} />);
    expect(screen.getByText("Viser e-posten.")).toBeTruthy();
    await user.click(screen.getByRole("combobox", { name: /^Måte Kari Berg skal signere på/ }));
    await user.click(screen.getByRole("option", { name: "Underskrevet på papir" }));
    expect(held().method).toBe("wet_ink");
    expect(screen.getByText("Originalen er sett.")).toBeTruthy();
  });

  it("offer nothing that is not set up, and name the setting", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Terms shown={view({})} />);
    await user.click(screen.getByRole("combobox", { name: /^Måte Kari Berg skal signere på/ }));
    const option = screen.getByRole("option", { name: /FELLESGREP_SMS_URL/ });
    expect(option.getAttribute("aria-disabled")).toBe("true");
  });

  it("cannot go below what the rules say; legal staff allow it with a reason", async () => {
    const user = userEvent.setup();
    const sent = vi.fn();
    server.use(
      http.post("*/api/v1/cases/c1/signatories/r1/lower-method", async ({ request: asked }) => {
        sent(await asked.json());
        return HttpResponse.json({});
      }),
    );
    const strict = { policy_method: "wet_ink", required_method: "wet_ink" };
    renderInAdmin(<Terms shown={view(strict, true)} />);
    await user.click(screen.getByRole("combobox", { name: /^Måte Kari Berg skal signere på/ }));
    expect(screen.getAllByRole("option")).toHaveLength(1);
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: /Tillat en enklere måte for/ }));
    await user.type(screen.getByLabelText(/Hvorfor holder/), "Hun er på reise.");
    await user.click(screen.getByRole("button", { name: "Tillat en enklere måte" }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith({
        method: "email_confirmation",
        reason: "Hun er på reise.",
      }),
    );
  });

  it("let one sign after others", async () => {
    const user = userEvent.setup();
    renderInAdmin(<Terms shown={view({})} />);
    await user.click(screen.getByRole("combobox", { name: /^Når Kari Berg skal signere/ }));
    await user.click(screen.getByRole("option", { name: "Som nr. 2" }));
    expect(held().order).toBe(2);
  });

  it("know an order of strength, in which an unknown method is never enough", () => {
    expect(strongEnough(methods, "wet_ink", "sms_code")).toBe(true);
    expect(strongEnough(methods, "sms_code", "wet_ink")).toBe(false);
    expect(strongEnough(methods, "seal_ring", "email_confirmation")).toBe(false);
    expect(strongEnough(methods, "wet_ink", "seal_ring")).toBe(false);
  });
});
