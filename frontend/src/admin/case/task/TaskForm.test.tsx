import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../app/testing/render";
import { server } from "../../app/testing/server";
import type { TaskDetail } from "../types";
import TaskForm from "./TaskForm";

const task: TaskDetail = {
  id: "t1",
  process: "cooperation",
  element: "log_first_contact",
  name: "Loggfør første kontakt",
  role: "liaison",
  role_label: "Områdekontakt",
  status: "open",
  assignee: null,
  substitute: null,
  area_id: "a1",
  subject_kind: "case",
  subject_id: "c1",
  subject_title: "Gårdsrommet",
  workspace: null,
  item: null,
  created_at: "2026-11-20T08:00:00Z",
  due_on: "2026-11-28",
  completed_at: null,
  answers: null,
  version: 4,
  can_complete: true,
  waiting_for: "role",
  overdue: false,
  draft: { summary: "Vi snakket om gårdsrommet." },
  draft_saved_at: "2026-11-24T13:20:00Z",
  form: {
    schema: {
      type: "object",
      title: "Første kontakt",
      required: ["summary", "next_step"],
      properties: {
        summary: { type: "string", title: "Hva ble sagt?", minLength: 1 },
        next_step: {
          type: "string",
          title: "Hva nå?",
          oneOf: [
            { const: "clarify", title: "Gå videre" },
            { const: "close", title: "Avslutt saken" },
          ],
        },
      },
    },
    ui: { next_step: { "ui:widget": "radio" } },
  },
};

const answersTo = (respond: (body: unknown, request: Request) => Response) => {
  server.use(
    http.put("*/api/v1/tasks/t1/draft", () =>
      HttpResponse.json({ saved_at: "2026-11-25T10:00:00Z" }),
    ),
    http.post("*/api/v1/tasks/t1/complete", async ({ request }) =>
      respond(await request.json(), request),
    ),
  );
};

describe("a task's form", () => {
  it("begins with the draft and completes with the version that was read", async () => {
    const onCompleted = vi.fn();
    let sent: unknown;
    let version: string | null = null;
    answersTo((body, request) => {
      sent = body;
      version = request.headers.get("if-match");
      return HttpResponse.json({ completed: task, next: [] });
    });
    const user = userEvent.setup();
    renderInAdmin(<TaskForm task={task} caseId="c1" onCompleted={onCompleted} />);
    expect(screen.getByDisplayValue("Vi snakket om gårdsrommet.")).toBeTruthy();
    await user.click(screen.getByRole("radio", { name: "Gå videre" }));
    await user.click(screen.getByRole("button", { name: "Loggfør kontakten" }));
    await vi.waitFor(() => expect(onCompleted).toHaveBeenCalledOnce());
    expect(sent).toEqual({
      answers: { summary: "Vi snakket om gårdsrommet.", next_step: "clarify" },
    });
    expect(version).toBe('"4"');
  });

  it("tells when the server last kept what is typed, also on another device", async () => {
    let kept: unknown;
    server.use(
      http.put("*/api/v1/tasks/t1/draft", async ({ request }) => {
        kept = await request.json();
        return HttpResponse.json({ saved_at: new Date().toISOString() });
      }),
    );
    const user = userEvent.setup();
    renderInAdmin(<TaskForm task={task} caseId="c1" onCompleted={vi.fn()} />);
    expect(screen.getByRole("status").textContent).toMatch(/^Utkast lagret .+ kl\. \d\d[.:]\d\d$/);
    await user.type(screen.getByDisplayValue("Vi snakket om gårdsrommet."), " Alt.");
    expect(await screen.findByText(/^Utkast lagret kl\./, {}, { timeout: 3000 })).toBeTruthy();
    expect(kept).toEqual({ answers: { summary: "Vi snakket om gårdsrommet. Alt." } });
  });

  it("says nothing of a draft where there is none", () => {
    const fresh = { ...task, draft: null, draft_saved_at: null };
    renderInAdmin(<TaskForm task={fresh} caseId="c1" onCompleted={vi.fn()} />);
    expect(screen.queryByText(/Utkast lagret/)).toBeNull();
  });

  it("asks for what is missing in the reader's language, and sends nothing", async () => {
    answersTo(() => {
      throw new Error("must not be sent");
    });
    const user = userEvent.setup();
    renderInAdmin(<TaskForm task={task} caseId="c1" onCompleted={vi.fn()} />);
    await user.click(screen.getByRole("button", { name: "Loggfør kontakten" }));
    expect(await screen.findByText("Fyll ut dette feltet.")).toBeTruthy();
  });

  it("puts the backend's refusal at the field and keeps the text", async () => {
    answersTo(() =>
      HttpResponse.json(
        {
          status: 422,
          detail: "Se over feltene.",
          errors: [{ pointer: "/answers/summary", code: "x", detail: "Skriv litt mer." }],
        },
        { status: 422 },
      ),
    );
    const user = userEvent.setup();
    renderInAdmin(<TaskForm task={task} caseId="c1" onCompleted={vi.fn()} />);
    await user.click(screen.getByRole("radio", { name: "Gå videre" }));
    await user.click(screen.getByRole("button", { name: "Loggfør kontakten" }));
    expect(await screen.findByText("Skriv litt mer.")).toBeTruthy();
    expect(screen.getByDisplayValue("Vi snakket om gårdsrommet.")).toBeTruthy();
  });

  it("says who was first and offers the newest state when the task is already completed", async () => {
    answersTo(() =>
      HttpResponse.json(
        { status: 409, detail: "Amir Hassan fullførte oppgaven." },
        { status: 409 },
      ),
    );
    const user = userEvent.setup();
    renderInAdmin(<TaskForm task={task} caseId="c1" onCompleted={vi.fn()} />);
    await user.click(screen.getByRole("radio", { name: "Gå videre" }));
    await user.click(screen.getByRole("button", { name: "Loggfør kontakten" }));
    expect(await screen.findByText("Amir Hassan fullførte oppgaven.")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Hent på nytt" })).toBeTruthy();
  });
});
