import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { AuthorityCard } from "./AuthorityCard";
import type { PartyAuthority } from "./types";

const PATH = "/api/v1/cases/c1/authority/p1";
const CONTACTS = [
  { id: "kari", name: "Kari Berg" },
  { id: "per", name: "Per Dahl" },
];

const NOTHING: PartyAuthority = {
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
  can: ["ask", "look_up", "minutes", "confirm"],
};

const holder = (name: string, contact_id: string | null) => ({
  name,
  contact_id,
  born_on: null,
  roles: [],
});

const FOUND: PartyAuthority = {
  ...NOTHING,
  settled: true,
  source: "register",
  basis: "Signaturrett: Brønnøysundregistrene, 25.11.2026",
  words: "Styrets leder alene eller to styremedlemmer i fellesskap",
  ways: [
    { label: "", names: ["Kari Berg"], contact_ids: ["kari"], possible: true },
    { label: "", names: ["Per Dahl", "Eva Lunde"], contact_ids: ["per"], possible: false },
  ],
  people: [holder("Kari Berg", "kari"), holder("Per Dahl", "per"), holder("Eva Lunde", null)],
  registered: [holder("Kari Berg", null), holder("Eva Lunde", null)],
};

function draw(authority: Partial<PartyAuthority>, required = false) {
  const onChoose = vi.fn();
  renderInAdmin(
    <AuthorityCard
      caseId="c1"
      authority={{ ...NOTHING, ...authority }}
      required={required}
      contacts={CONTACTS}
      onChoose={onChoose}
    />,
  );
  return onChoose;
}

function heard(verb: string): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.post(`${PATH}/${verb}`, async ({ request }) => {
      const form = request.headers.get("content-type")?.startsWith("multipart");
      sent.push(form ? Object.fromEntries(await request.formData()) : await request.text());
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return sent;
}

describe("AuthorityCard", () => {
  it("says on what it rests, and fills in a combination that is chosen", async () => {
    const onChoose = draw(FOUND);
    expect(screen.getByText("Signaturrett: Brønnøysundregistrene, 25.11.2026")).toBeTruthy();
    expect(screen.getByText(/Styrets leder alene eller/)).toBeTruthy();
    expect(screen.getByText("Per Dahl og Eva Lunde")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Velg Per Dahl og Eva Lunde" })).toBeNull();
    expect(screen.getByText(/kontaktperson først: Eva Lunde/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Velg Kari Berg" }));
    expect(onChoose).toHaveBeenCalledWith(["kari"]);
  });

  it("warns of what is not settled, and says when it must be", () => {
    draw({ unclear: "words_only", words: "Etter avtale." }, true);
    const warning = screen.getByRole("alert");
    expect(warning.textContent).toContain("Juridisk må lese den.");
    expect(warning.textContent).toContain("Det må avklares eller bekreftes");
  });

  it("says who is missing", () => {
    draw({ ...FOUND, missing: ["Disse må også signere for Solbakken borettslag: Kari Berg."] });
    expect(screen.getByText(/kan ikke binde parten ennå.*Kari Berg/)).toBeTruthy();
  });

  it("asks the registers at a press of a button", async () => {
    const sent = heard("look-up");
    draw({});
    await userEvent.click(screen.getByRole("button", { name: /^Hent signaturrett/ }));
    await waitFor(() => expect(sent).toHaveLength(1));
  });

  it("cannot ask twice at once", () => {
    draw({ looking_up: true });
    const button = screen.getByRole("button", { name: /^Hent signaturrett/ });
    expect(button.hasAttribute("disabled")).toBe(true);
    expect(button.textContent).toContain("Spør Brønnøysundregistrene");
  });

  it("sends minutes with the rule read in them", async () => {
    const sent = heard("minutes");
    draw({});
    await userEvent.click(screen.getByRole("button", { name: /^Last opp protokoll/ }));
    const dialog = within(screen.getByRole("dialog"));
    const file = new File(["%PDF-"], "protokoll.pdf", { type: "application/pdf" });
    await userEvent.upload(dialog.getByLabelText("Protokoll"), file);
    await userEvent.type(
      dialog.getByLabelText("Hvem kan signere?"),
      "Kari Berg{Enter}Nils Vik{Enter}",
    );
    await userEvent.click(dialog.getByRole("combobox", { name: /Hvor mange/ }));
    await userEvent.click(screen.getByRole("option", { name: "1 av dem er nok" }));
    await userEvent.click(dialog.getByRole("button", { name: "Lagre protokollen" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(JSON.parse(String((sent[0] as { rule: string }).rule))).toEqual({
      people: [
        { name: "Kari Berg", contact_id: "kari" },
        { name: "Nils Vik", contact_id: null },
      ],
      combinations: [{ slots: [{ needed: 1, of: [0, 1] }] }],
      substitutes: [],
      optional: false,
    });
  });

  it("lets legal decide with a reason only", async () => {
    const sent = heard("decide");
    draw({ can: ["decide"] });
    expect(screen.queryByRole("button", { name: /^Hent signaturrett/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /^Avgjør/ }));
    const dialog = within(screen.getByRole("dialog"));
    const save = dialog.getByRole("button", { name: "Lagre avgjørelsen" });
    await userEvent.click(dialog.getByLabelText("Avtalen kan gjelde uten denne parten"));
    await userEvent.click(save);
    expect(sent).toHaveLength(0);
    await userEvent.type(dialog.getByLabelText(/Begrunnelse/), "Partene er enige.");
    await userEvent.click(save);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(JSON.parse(String(sent[0]))).toMatchObject({
      reason: "Partene er enige.",
      rule: { people: [], combinations: [], optional: true },
    });
  });

  it("draws nothing for whom nobody's authority is asked", () => {
    draw({ asked_for: false });
    expect(screen.queryByText("Hvem kan signere")).toBeNull();
  });
});
