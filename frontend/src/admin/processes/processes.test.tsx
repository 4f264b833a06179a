import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import { runBatches } from "./batches";
import { difference } from "./difference";
import { Findings, UploadPanel } from "./UploadPanel";

const drawing = (...steps: [id: string, name: string][]) => `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <bpmn:process id="errand">${steps
    .map(([id, name]) => `<bpmn:userTask id="${id}" name="${name}"/>`)
    .join("")}</bpmn:process>
</bpmn:definitions>`;

describe("the difference between two drawings", () => {
  it("tells what is added, changed and removed by its id", async () => {
    const before = drawing(["ask", "Spør"], ["gone", "Borte"]);
    const after = drawing(["ask", "Spør igjen"], ["then", "Så"]);
    expect(await difference(after, before)).toEqual({
      added: ["then"],
      changed: ["ask"],
      removed: ["gone"],
    });
  });

  it("marks nothing in a drawing that is new", async () => {
    const found = await difference(drawing(["ask", "Spør"]), null);
    expect(found).toEqual({ added: [], changed: [], removed: [] });
  });
});

describe("moving the cases", () => {
  it("goes on where each batch ended until none is left, and tells how far it is", async () => {
    const asked: unknown[] = [];
    const move = (id: string) => ({
      instance_id: id,
      subject_kind: "case",
      subject_id: id,
      title: id,
      possible: id !== "b",
      reasons: [],
      changes: [],
    });
    server.use(
      http.post("*/api/v1/process-versions/abc/move", async ({ request }) => {
        const body = (await request.json()) as { after: string | null };
        asked.push(body);
        return HttpResponse.json(
          body.after === null
            ? { moves: [move("a"), move("b")], after: "b", left: 1 }
            : { moves: [move("c")], after: null, left: 0 },
        );
      }),
    );
    const left: number[] = [];
    const done = await runBatches("abc", "move", true, (progress) => left.push(progress.left));
    expect(asked).toEqual([
      { after: null, dry_run: true },
      { after: "b", dry_run: true },
    ]);
    expect(done.moves.map(({ title }) => title)).toEqual(["a", "b", "c"]);
    expect(left).toEqual([1, 0]);
  });
});

describe("uploading loose files", () => {
  it("puts names and forms into the process that was picked, and drawings nowhere", async () => {
    const sent: string[][] = [];
    server.use(
      http.get("*/api/v1/process-versions", () =>
        HttpResponse.json({
          versions: [],
          tables: [],
          folders: [{ process: "clarification", name: "Avklaring" }],
        }),
      ),
      http.post("*/api/v1/process-versions/uploads", async ({ request }) => {
        const body = (await request.json()) as { files: { path: string }[] };
        sent.push(body.files.map(({ path }) => path));
        return HttpResponse.json({ accepted: true, findings: [], comparisons: [] });
      }),
    );
    const { container } = renderInAdmin(<UploadPanel />);
    const files = ["names.json", "ask.json", "new.bpmn"].map((name) =>
      Object.assign(new File(["{}"], name), { text: async () => "{}" }),
    );
    const input = container.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("there is nowhere to upload");
    await screen.findByRole("option", { name: "Avklaring" });
    await userEvent.upload(input, files);
    await waitFor(() => expect(sent).toEqual([["names.json", "ask.json", "new.bpmn"]]));
    await userEvent.selectOptions(screen.getByRole("combobox"), "Avklaring");
    await userEvent.upload(input, files);
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual([
      "clarification/names.json",
      "clarification/forms/ask.json",
      "new.bpmn",
    ]);
  });
});

describe("what the check finds", () => {
  it("stands with file, element and plain reason", () => {
    renderInAdmin(
      <Findings
        findings={[
          { file: "a/process.bpmn", element: "ask", reason: "har ikke noe navn", level: "error" },
        ]}
      />,
    );
    expect(screen.getByRole("listitem").textContent).toBe(
      "Feil: a/process.bpmn, ask: har ikke noe navn",
    );
  });
});
