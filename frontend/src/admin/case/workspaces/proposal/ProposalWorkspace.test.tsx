import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../app/testing/render";
import { server } from "../../../app/testing/server";
import type { TaskDetail } from "../../types";
import ProposalWorkspace from "./ProposalWorkspace";

const task = {
  id: "t1",
  element: "write_proposal",
  version: 3,
  can_complete: true,
  draft: null,
  draft_saved_at: null,
  form: {
    schema: { type: "object", properties: { note: { type: "string", title: "Merknad" } } },
    ui: {},
  },
} as unknown as TaskDetail;

const proposal = {
  version: 2,
  editable: true,
  title: "Benker",
  background: "",
  goals: "",
  target_groups: "",
  results: "",
  maintenance: "",
  activities: [{ title: "Bygge", starts_on: null, ends_on: null, responsible: "Vel" }],
};

const plan = {
  version: 1,
  editable: true,
  lines: [
    { description: "Benker", category: "materials", amount_ore: 6_000_000 },
    { description: "", category: "other", amount_ore: 1_000_000 },
  ],
  contributions: [{ party_id: null, kind: "cash", description: "Tilskudd", amount_ore: 5_000_000 }],
};

const found = {
  id: "c1",
  parties: [{ id: "p1", partner: { id: "x", name: "Furulia velforening", kind: "business" } }],
};

const NOBODY_ASKED = {
  sent: [],
  parties: [],
  threads: [],
  contacts: [],
  may_send: true,
  may_answer: true,
};

interface Sent {
  puts: { path: string; version: string | null; body: Record<string, unknown> }[];
  completed: number;
}

/** A backend that keeps what is put and answers the completion with these problems. */
function backend(problems: { pointer: string; detail: string }[]): Sent {
  const sent: Sent = { puts: [], completed: 0 };
  const keep =
    (view: { version: number }) =>
    async ({ request }: { request: Request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      const version = request.headers.get("if-match");
      sent.puts.push({ path: new URL(request.url).pathname, version, body });
      return HttpResponse.json({ ...view, ...body, version: view.version + sent.puts.length });
    };
  server.use(
    http.get("*/api/v1/cases/c1", () => HttpResponse.json(found)),
    http.get("*/api/v1/cases/c1/proposal", () => HttpResponse.json(proposal)),
    http.get("*/api/v1/cases/c1/funding-plan", () => HttpResponse.json(plan)),
    http.get("*/api/v1/cases/c1/proposal/readings", () => HttpResponse.json(NOBODY_ASKED)),
    http.put("*/api/v1/cases/c1/proposal", keep(proposal)),
    http.put("*/api/v1/cases/c1/funding-plan", keep(plan)),
    http.post("*/api/v1/tasks/t1/complete", () => {
      sent.completed += 1;
      return problems.length > 0
        ? HttpResponse.json(
            {
              status: 422,
              detail: "Ikke ennå.",
              errors: problems.map((p) => ({ code: "x", ...p })),
            },
            { status: 422 },
          )
        : HttpResponse.json({ completed: task, next: [] });
    }),
  );
  return sent;
}

const draw = (onCompleted = vi.fn()) => {
  renderInAdmin(<ProposalWorkspace caseId="c1" task={task} onCompleted={onCompleted} />);
  return onCompleted;
};
const send = () => screen.getByRole("button", { name: "Send til vedtak" });

describe("the proposal's workspace", () => {
  it("says live what is missing to balance, and saves with the version that was read", async () => {
    const sent = backend([]);
    const user = userEvent.setup();
    draw();
    expect(await screen.findByText(/Det mangler 20\s000\skr/)).toBeTruthy();
    await user.click(screen.getByRole("tab", { name: "Budsjett og finansiering" }));
    const amount = screen.getByLabelText("Finansiering: Beløp i kr, rad 1");
    await user.clear(amount);
    await user.type(amount, "70 000");
    expect(screen.getByText("Finansieringen er i balanse.")).toBeTruthy();
    expect(await screen.findByText(/^Lagret kl\. /, {}, { timeout: 4000 })).toBeTruthy();
    expect(sent.puts).toMatchObject([
      {
        path: "/api/v1/cases/c1/funding-plan",
        version: '"1"',
        body: { contributions: [{ description: "Tilskudd", amount_ore: 7_000_000 }] },
      },
    ]);
  });

  it("shows the server's problems at the row and field, and goes to the first", async () => {
    backend([
      { pointer: "/proposal/activities/0/starts_on", detail: "Velg når aktiviteten starter." },
      { pointer: "/funding_plan/lines/1/description", detail: "Skriv hva pengene går til." },
      { pointer: "/funding_plan", detail: "Finansieringen mangler 20 000 kr." },
    ]);
    const user = userEvent.setup();
    const onCompleted = draw();
    await user.click(await screen.findByRole("button", { name: "Send til vedtak" }));

    const start = await screen.findByLabelText("Fremdriftsplan: Fra, rad 1");
    await waitFor(() => expect(start.getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(start);
    expect(screen.getByText("Finansieringen mangler 20 000 kr.")).toBeTruthy();

    await user.click(screen.getByRole("tab", { name: /Budsjett og finansiering.*1 å rette/ }));
    const line = screen.getByLabelText("Budsjett: Hva, rad 2");
    expect(line.getAttribute("aria-invalid")).toBe("true");
    await user.type(line, "Maling");
    expect(line.getAttribute("aria-invalid")).toBe("false");
    expect(onCompleted).not.toHaveBeenCalled();
  });

  it("saves what is typed last before it is sent, and sends no amount that cannot be read", async () => {
    const sent = backend([]);
    const user = userEvent.setup();
    const onCompleted = draw();
    const title = await screen.findByLabelText("Tittel på prosjektet");
    await user.type(title, " ved skolen");
    await user.click(screen.getByRole("tab", { name: "Budsjett og finansiering" }));
    const amount = screen.getByLabelText("Budsjett: Beløp i kr, rad 2");
    await user.clear(amount);
    await user.type(amount, "mye");
    await user.click(send());
    await waitFor(() => expect(document.activeElement).toBe(amount));
    expect(sent.completed).toBe(0);

    await user.clear(amount);
    await user.type(amount, "10 000");
    await user.click(send());
    await waitFor(() => expect(onCompleted).toHaveBeenCalledOnce());
    const last = (path: string) => sent.puts.findLast((put) => put.path.endsWith(path))?.body;
    expect(last("/proposal")).toMatchObject({ title: "Benker ved skolen" });
    expect(last("/funding-plan")).toMatchObject({ lines: [{}, { amount_ore: 1_000_000 }] });
  });

  it("offers both ways on when somebody else was first, and keeps what was typed", async () => {
    backend([]);
    server.use(
      http.put("*/api/v1/cases/c1/proposal", () =>
        HttpResponse.json({ status: 409, detail: "Noen andre endret." }, { status: 409 }),
      ),
    );
    const user = userEvent.setup();
    draw();
    await user.type(await screen.findByLabelText("Tittel på prosjektet"), "!");
    expect(
      await screen.findByRole("button", { name: "Lagre mitt" }, { timeout: 4000 }),
    ).toBeTruthy();
    expect(screen.getByRole("button", { name: "Hent det nye" })).toBeTruthy();
    expect(screen.getByDisplayValue("Benker!")).toBeTruthy();
  });
});
