import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { SectionsPanel } from "./SectionsPanel";
import { departure, draft } from "./samples";

const AT = "*/api/v1/cases/c1/agreement";

function show(view = draft) {
  const save = vi.fn(() => Promise.resolve(true));
  server.use(
    http.get(`${AT}/departures`, () => HttpResponse.json(view)),
    http.post(`${AT}/sections/:id/compare`, () =>
      HttpResponse.json({ html: departure.change_html }),
    ),
  );
  renderInAdmin(<SectionsPanel caseId="c1" version={1} save={save} />);
  return save;
}

async function open(named: string) {
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Alle 2 punktene i avtalen" }));
  const [button] = await screen.findAllByRole("button", { name: `Endre teksten: ${named}` });
  await user.click(button as HTMLElement);
  return { user, box: within(await screen.findByRole("dialog")) };
}

describe("the sections of a draft", () => {
  it("show where the text departs, and take it back", async () => {
    show();
    expect(await screen.findByText("Styret ba om det.")).toBeTruthy();
    expect(screen.getByText("60").tagName).toBe("INS");
    expect(screen.getByText("Ikke vurdert ennå")).toBeTruthy();
    let taken = "";
    server.use(
      http.post(`${AT}/sections/:id/take-back`, ({ params }) => {
        taken = String(params.id);
        return HttpResponse.json({ ...draft, departures: [] });
      }),
    );
    await userEvent
      .setup()
      .click(screen.getByRole("button", { name: "Ta tilbake: 2. Utbetaling" }));
    await waitFor(() => expect(taken).toBe("s2"));
  });

  it("open in an editor with the change as it will be read, after what is typed is saved", async () => {
    const save = show();
    const { box } = await open("1. Formål");
    expect(save).toHaveBeenCalled();
    const text = box.getByRole("textbox", { name: "Teksten i «1. Formål»" });
    expect(text.textContent).toContain("Partene bygger punkt 2 ut.");
    expect((await box.findByText("60")).tagName).toBe("INS");
    expect(box.queryByRole("button", { name: "Vilkår" })).toBeNull();
  });

  it("say at the field what is refused, and keep what is typed", async () => {
    show();
    const { user, box } = await open("1. Formål");
    await user.click(box.getByRole("button", { name: "Lagre endringen" }));
    expect(await box.findByText("Fyll ut dette feltet.")).toBeTruthy();
    const sent: unknown[] = [];
    server.use(
      http.post(`${AT}/sections/s1/rewrite`, async ({ request }) => {
        sent.push(await request.json());
        const errors = [{ pointer: "/body", code: "x", detail: "Teksten er den samme." }];
        return HttpResponse.json({ status: 422, errors }, { status: 422 });
      }),
    );
    await user.type(box.getByRole("textbox", { name: /^Hvorfor/ }), "Klarere slik.");
    await user.click(box.getByRole("button", { name: "Lagre endringen" }));
    expect((await box.findByRole("alert")).textContent).toBe("Teksten er den samme.");
    const [first] = draft.sections;
    expect(sent).toEqual([{ body: first?.text, seen: first?.text, reason: "Klarere slik." }]);
    await user.keyboard("{Escape}");
    expect(box.getByDisplayValue("Klarere slik.")).toBeTruthy();
  });

  it("warn of facts that have changed, and of what legal said before", async () => {
    const earlier = {
      verdict: "rejected",
      reason: "For lenge.",
      by: "Jonas Berg",
      at: "2026-03-03",
    };
    show({
      ...draft,
      departures: [{ ...departure, outdated: true, earlier } as typeof departure],
    });
    expect(await screen.findByText(/Opplysninger i punktet er endret/)).toBeTruthy();
    expect(screen.getByText(/Jonas Berg sa nei til en tidligere tekst her/)).toBeTruthy();
    expect(screen.getByText(/For lenge\./)).toBeTruthy();
  });

  it("are not offered to those who may not write", async () => {
    show({ ...draft, may_write: false });
    await waitFor(() => expect(document.querySelector(".MuiSkeleton-root")).toBeNull());
    expect(screen.queryByRole("button")).toBeNull();
  });
});
