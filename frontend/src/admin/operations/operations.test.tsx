import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import OperationsPage from "./OperationsPage";
import type { WaitingSeal } from "./Seals";
import type { FailedJob, Operations } from "./types";

const instance = {
  instance_id: "i-1",
  process: "Samarbeid",
  kind: "case",
  id: "c-1",
  title: "Sykkelparkering i gården",
};

const job: FailedJob = {
  id: 42,
  name: "workflow.run_operation",
  attempts: 5,
  failed_at: "2026-03-02T11:00:00Z",
  subject: instance,
};

const quiet: Operations = { definitions: [], stuck: [], failed_jobs: [], can_retry: true };

const busy: Operations = {
  definitions: [
    {
      process: "cooperation",
      name: "Samarbeid",
      version: "abc123",
      running: 7,
      oldest: "2026-01-05T09:00:00Z",
      elements: [
        {
          process: "signing",
          process_name: "Signering",
          element: "sign",
          name: "Signer avtalen",
          role_label: "Partner",
          waiting: 4,
          oldest: "2026-01-05T09:00:00Z",
          late: 2,
        },
      ],
    },
  ],
  stuck: [{ ...instance, since: "2026-03-01T11:00:00Z" }],
  failed_jobs: [job],
  can_retry: true,
};

/** Draw the page on what the server says now, which a test can change. */
function show(first: Operations, seals: WaitingSeal[] = []) {
  const said = { now: first };
  server.use(
    http.get("*/api/v1/operations", () => HttpResponse.json(said.now)),
    http.get("*/api/v1/operations/seals", () => HttpResponse.json(seals)),
  );
  renderInAdmin(<OperationsPage />);
  return said;
}

describe("the operations page", () => {
  it("tells where the cases of each version wait, how many and how many are late", async () => {
    show(busy);
    const table = await screen.findByRole("table", { name: "Samarbeid" });
    screen.getByText(/7 i gang/);
    screen.getByText("abc123");
    const step = within(table).getByRole("row", { name: /Signer avtalen/ });
    expect(step.textContent).toContain("Signering · Partner");
    expect(step.textContent).toContain("2 over fristen");
    expect(within(step).getAllByRole("cell")[1]?.textContent).toMatch(/^4/);
  });

  it("leads from a case that has stopped to its page", async () => {
    show({ ...quiet, stuck: busy.stuck });
    const link = await screen.findByRole("link", { name: instance.title });
    expect(link.getAttribute("href")).toBe("/cases/c-1/show");
    expect(screen.queryByText("Ingen saker har stoppet")).toBeNull();
  });

  it("says so where nothing is wrong and nothing runs", async () => {
    show(quiet);
    await screen.findByText("Ingen saker er i gang");
    screen.getByText("Ingen saker har stoppet");
    screen.getByText("Ingen jobber har mislyktes");
  });

  it("calls a failed job by its number where it is about no case", async () => {
    show({ ...quiet, failed_jobs: [{ ...job, subject: null }] });
    await screen.findByText("Jobb 42");
    expect(screen.getByText(/5 forsøk/).textContent).toContain("workflow.run_operation");
  });

  it("offers a retry only to those who may", async () => {
    show({ ...busy, can_retry: false });
    await screen.findByText(/5 forsøk/);
    expect(screen.queryByRole("button", { name: /Prøv jobb/ })).toBeNull();
  });
});

describe("retrying a failed job", () => {
  it("gives that job to the worker again, and shows what is left", async () => {
    const said = show(busy);
    const asked: string[] = [];
    server.use(
      http.post("*/api/v1/operations/failed-jobs/:id/retry", ({ params }) => {
        asked.push(String(params.id));
        said.now = { ...busy, failed_jobs: [] };
        return HttpResponse.json({});
      }),
    );
    await userEvent.click(await screen.findByRole("button", { name: "Prøv jobb 42 på nytt" }));
    await screen.findByText("Ingen jobber har mislyktes");
    expect(asked).toEqual(["42"]);
  });

  it("says why where it was refused, and leaves the job", async () => {
    show(busy);
    server.use(
      http.post("*/api/v1/operations/failed-jobs/:id/retry", () =>
        HttpResponse.json(
          { title: "Går ikke", detail: "Jobben er allerede i gang.", status: 409 },
          { status: 409, headers: { "content-type": "application/problem+json" } },
        ),
      ),
    );
    const button = await screen.findByRole("button", { name: "Prøv jobb 42 på nytt" });
    await userEvent.click(button);
    await screen.findByText("Jobben er allerede i gang.");
    await waitFor(() => expect(button).toHaveProperty("disabled", false));
  });
});

describe("agreements without a seal", () => {
  const waiting: WaitingSeal = {
    case_id: "c-1",
    title: "Sykkelparkering i gården",
    number: "2026-00001",
    signed_at: "2026-03-02T11:00:00Z",
    failures: 2,
    failed_at: "2026-03-02T11:05:00Z",
    problem: "Filen med nøkkelen til seglet finnes ikke lenger.",
    may_seal: true,
  };

  it("are listed with the reason, and sealed again by a button", async () => {
    let tried = false;
    server.use(
      http.post("*/api/v1/cases/c-1/seal/again", () => {
        tried = true;
        return HttpResponse.json(null);
      }),
    );
    show(quiet, [waiting]);
    await screen.findByText(waiting.problem);
    await userEvent
      .setup()
      .click(screen.getByRole("button", { name: "Segl på nytt: Sykkelparkering i gården" }));
    await waitFor(() => expect(tried).toBe(true));
  });
});
