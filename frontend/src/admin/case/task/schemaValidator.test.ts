import type { RJSFSchema } from "@rjsf/utils";
import { describe, expect, it } from "vitest";
import { schemaValidator } from "./schemaValidator";

const schema: RJSFSchema = {
  type: "object",
  required: ["summary", "next_step"],
  additionalProperties: false,
  properties: {
    summary: { type: "string", minLength: 5 },
    held_on: { type: "string", format: "date" },
    next_step: { type: "string", oneOf: [{ const: "clarify" }, { const: "close" }] },
  },
};

const found = (data: Record<string, unknown>) =>
  schemaValidator
    .validateFormData(data, schema)
    .errors.map(({ name, property, params }) => [name, property, params?.limit]);

describe("checking a form", () => {
  it("finds what is missing, also where it was emptied", () => {
    expect(found({ summary: undefined })).toEqual([
      ["required", ".summary", undefined],
      ["required", ".next_step", undefined],
    ]);
  });

  it("says at the field what is wrong, with the limit", () => {
    expect(found({ summary: "Kort", next_step: "jump", held_on: "i går" })).toEqual([
      ["minLength", ".summary", 5],
      ["format", ".held_on", undefined],
      ["enum", ".next_step", undefined],
    ]);
  });

  it("lets good answers through", () => {
    const answers = { summary: "Vi møttes.", next_step: "close", held_on: "2026-11-25" };
    expect(found(answers)).toEqual([]);
    expect(schemaValidator.isValid(schema, answers, schema)).toBe(true);
  });
});
