import { describe, expect, it } from "vitest";
import { listOf, readCondition, repetitionOf, writeCondition } from "./conditions";

describe("conditions", () => {
  it.each([
    ["fields.open_to_all", "given"],
    ["not decision", "missing"],
    ["fields.payment == 'half_in_advance'", "is"],
    ["party.role != 'lead'", "is_not"],
    ["len(parties) > 1", "several"],
    ["decision and decision.conditions", "other"],
  ])("%s is read as %s and comes back", (expression, kind) => {
    const read = readCondition(expression);
    expect(read.kind).toBe(kind);
    expect(writeCondition(read)).toBe(expression);
  });

  it("are none where nothing is said", () => {
    expect(readCondition(null)).toEqual({ kind: "always" });
    expect(writeCondition({ kind: "given", name: "" })).toBeNull();
  });

  it("repeat for each of a list", () => {
    expect(repetitionOf("funding.lines")).toBe("line in funding.lines");
    expect(listOf("line in funding.lines")).toBe("funding.lines");
    expect(repetitionOf("case")).toBeNull();
  });
});
