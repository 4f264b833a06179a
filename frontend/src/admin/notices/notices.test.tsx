import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import type { CaseDetail } from "../case/types";
import NoticesPage from "./NoticesPage";
import { NoticesTab } from "./NoticesTab";
import { PreferencesDialog } from "./PreferencesDialog";
import { RuleDialog } from "./RuleDialog";
import type { CaseNotices, Notices, Rule } from "./types";
import { Undelivered } from "./Undelivered";

const RULE: Rule = {
  version: 3,
  decided: {},
  policy: {
    remind_days_before: null,
    days_between: 2,
    at_most: 2,
    quiet_from: 20,
    quiet_until: 8,
    working_days_only: true,
    reach: "email",
  },
  sources: {
    remind_days_before: "product",
    days_between: "product",
    at_most: "municipality",
    quiet_from: "product",
    quiet_until: "product",
    working_days_only: "product",
    reach: "agreement",
  },
};

const SAYS = {
  language: "nb",
  channel: "email" as const,
  subject: "Husk å signere",
  text: "Hei, Kari Berg.",
  html: "",
};

const NOTICES: Notices = {
  municipality: RULE,
  templates: [{ ...RULE, key: "samarbeidsbrev", name: "Samarbeidsbrev" }],
  kinds: [
    {
      kind: "signing.reminder",
      name: "påminnelse om å signere",
      channel: "email",
      for_staff: false,
      reminder: true,
      waits: true,
    },
  ],
  takes_bounces: false,
  can: ["edit"],
};

const CASE_NOTICES: CaseNotices = {
  messages: [
    {
      id: "m1",
      kind: "signing.request",
      name: "forespørsel om signering",
      recipient: "Kari Berg",
      channel: "email",
      status: "bounced",
      status_label: "Kom i retur",
      reason: "5.1.1",
      queued_at: "2026-03-02T11:00:00Z",
      send_at: null,
      ended_at: "2026-03-02T11:01:00Z",
    },
  ],
  planned: [
    {
      name: "påminnelse om å signere",
      recipient: "Kari Berg",
      at: "2026-03-13T07:00:00Z",
      withheld: "Adressen virker ikke.",
      says: SAYS,
    },
  ],
  undelivered: [
    {
      recipient_kind: "contact",
      recipient_id: "c1",
      name: "Kari Berg",
      code: "5.1.1",
      bounced_at: "2026-03-02T11:01:00Z",
    },
  ],
  without_reminders: ["Per Dahl"],
  rule: RULE,
  can: ["arrange"],
};

const CASE = {
  id: "k1",
  parties: [
    {
      contacts: [
        {
          id: "c1",
          partner_id: "p1",
          name: "Kari Berg",
          role_title: "",
          email: "kari@feil.example",
          phone: "",
          language: "nb",
          status: "active",
          version: 1,
        },
      ],
    },
  ],
} as unknown as CaseDetail;

const choose = async (label: RegExp, option: string) => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("combobox", { name: label }));
  await user.click(await screen.findByRole("option", { name: option }));
};

describe("rules of notices", () => {
  it("are told with who decided each of them, and a message is tried in a language", async () => {
    const tested = vi.fn();
    server.use(
      http.get("*/api/v1/notices", () => HttpResponse.json(NOTICES)),
      http.get("*/api/v1/notices/kinds/signing.reminder/sample", ({ request }) => {
        const language = new URL(request.url).searchParams.get("language");
        return HttpResponse.json({ ...SAYS, subject: `Emne på ${language}` });
      }),
      http.post("*/api/v1/notices/kinds/signing.reminder/test", async ({ request }) => {
        tested(await request.json());
        return new HttpResponse(null, { status: 202 });
      }),
    );
    renderInAdmin(<NoticesPage />);
    expect((await screen.findByText("2 påminnelser")).textContent).toContain("(kommunen)");
    expect(screen.getByText(/FELLESGREP_BOUNCE_ADDRESS/)).toBeTruthy();
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: /^Vis meldingen/ }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Nynorsk" }));
    expect(await within(dialog).findByText("Emne på nn")).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Send en prøve til meg" }));
    await waitFor(() => expect(tested).toHaveBeenCalledWith({ language: "nn" }));
  });

  it("leave out what is not decided, and show refusals at their field", async () => {
    const sent = vi.fn();
    server.use(
      http.put("*/api/v1/notices/municipality", async ({ request }) => {
        sent(await request.json(), request.headers.get("if-match"));
        const errors = [{ pointer: "/quiet_until", code: "x", detail: "Velg også slutten." }];
        return HttpResponse.json({ errors }, { status: 422 });
      }),
    );
    renderInAdmin(
      <RuleDialog
        title="Regler"
        path="/notices/municipality"
        rule={{ ...RULE, decided: { at_most: 9 } }}
        onClose={() => undefined}
      />,
    );
    await choose(/Stille tid fra/, "19.00");
    await choose(/Helg og helligdager/, "alle dager");
    await userEvent.setup().click(screen.getByRole("button", { name: "Lagre reglene" }));
    expect(await screen.findByText("Velg også slutten.")).toBeTruthy();
    expect(sent).toHaveBeenCalledWith(
      {
        at_most: 9,
        days_between: null,
        quiet_from: 19,
        quiet_until: null,
        reach: null,
        remind_days_before: null,
        working_days_only: false,
      },
      expect.stringContaining("3"),
    );
  });
});

describe("notices of a case", () => {
  it("show what was sent and what comes next, with the text of each", async () => {
    server.use(
      http.get("*/api/v1/cases/k1/notices", () => HttpResponse.json(CASE_NOTICES)),
      http.get("*/api/v1/cases/k1/notices/m1", () =>
        HttpResponse.json({ ...SAYS, text: "Åpne: https://x.example/p/•••" }),
      ),
    );
    renderInAdmin(<NoticesTab found={CASE} />);
    const [planned, sent] = await screen.findAllByRole("listitem");
    expect(planned?.textContent).toContain("Adressen virker ikke.");
    expect(sent?.textContent).toContain("5.1.1");
    expect(screen.getByText("Per Dahl har slått av påminnelser.")).toBeTruthy();
    await userEvent
      .setup()
      .click(screen.getByRole("button", { name: /forespørsel om signering, Kari Berg/ }));
    expect(await screen.findByText(/p\/•••/)).toBeTruthy();
  });

  it("lead from mail that came back to the address", async () => {
    server.use(http.get("*/api/v1/cases/k1/notices", () => HttpResponse.json(CASE_NOTICES)));
    renderInAdmin(<Undelivered found={CASE} />);
    expect((await screen.findByRole("alert")).textContent).toContain("kari@feil.example (5.1.1)");
    await userEvent.setup().click(screen.getByRole("button", { name: "Rett adressen" }));
    expect((screen.getByLabelText(/E-post/) as HTMLInputElement).value).toBe("kari@feil.example");
  });
});

describe("my notices", () => {
  it("are chosen kind by kind", async () => {
    const sent = vi.fn();
    const mine = [
      { kind: "cases.answered", name: "svar i en sak", way: "at_once" },
      { kind: "signing.your_turn", name: "din tur", way: "none" },
    ];
    server.use(
      http.get("*/api/v1/me/notices", () => HttpResponse.json(mine)),
      http.put("*/api/v1/me/notices", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json(mine);
      }),
    );
    renderInAdmin(<PreferencesDialog onClose={() => undefined} />);
    await screen.findByRole("dialog");
    await choose(/Svar i en sak/, "Én gang om dagen");
    await userEvent.setup().click(screen.getByRole("button", { name: "Lagre valgene" }));
    await waitFor(() =>
      expect(sent).toHaveBeenCalledWith({
        ways: { "cases.answered": "daily", "signing.your_turn": "none" },
      }),
    );
  });
});
