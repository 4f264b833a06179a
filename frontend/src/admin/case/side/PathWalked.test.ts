import { describe, expect, it } from "vitest";
import type { DiagramProcess } from "../types";
import { presentProcess } from "./DiagramTab";
import { namesIn, steps } from "./PathWalked";

const XML = `<bpmn:process id="p" name="Samarbeid">
  <bpmn:startEvent id="start" />
  <bpmn:userTask name="Loggfør kontakt" id="log" camunda:x="1" />
  <bpmn:callActivity id="clarify" name="Avklaring">`;

const drawn: DiagramProcess = {
  process: "cooperation",
  name: "Samarbeid",
  xml: XML,
  called_from: null,
  done: ["start", "log"],
  current: ["clarify"],
  path: [
    { element: "start", at: "2026-11-01T08:00:00Z" },
    { element: "log", at: "2026-11-01T08:00:00Z" },
    { element: "clarify", at: "2026-11-04T08:00:00Z" },
  ],
};

describe("the path of a case", () => {
  it("is told with the names in the drawing, whatever the order of the attributes", () => {
    expect(namesIn(XML).get("log")).toBe("Loggfør kontakt");
    expect(namesIn(XML).get("clarify")).toBe("Avklaring");
  });

  it("lists named steps with how long each took, the last one open", () => {
    expect(steps(drawn).map(({ name, hours }) => [name, hours])).toEqual([
      ["Loggfør kontakt", 72],
      ["Avklaring", null],
    ]);
  });

  it("opens at the innermost process where the case stands", () => {
    const inner = { ...drawn, process: "clarification", called_from: "clarify", current: ["ask"] };
    const later = { ...drawn, process: "proposal", current: [] };
    expect(presentProcess([drawn, inner, later])).toBe("clarification");
  });
});
