import type { ErrorSchema, RJSFValidationError } from "@rjsf/utils";
import type { Say } from "../../app/dates";
import { type FieldProblem, fieldPath } from "../../app/http/problem";

interface Node {
  [key: string]: Node | string[] | undefined;
  __errors?: string[];
}

/** Problems of the API as the form knows errors; `handled` when at least one has a field here. */
export function errorSchemaOf(errors: readonly FieldProblem[]): {
  schema: ErrorSchema<Record<string, unknown>>;
  handled: boolean;
} {
  const root: Node = {};
  for (const { pointer, detail } of errors) {
    const path = fieldPath(pointer)
      .split(".")
      .filter((part) => part && part !== "answers");
    let node = root;
    for (const part of path) {
      node[part] ??= {};
      node = node[part] as Node;
    }
    node.__errors = [...(node.__errors ?? []), detail];
  }
  const handled = Object.keys(root).some((key) => key !== "__errors");
  return { schema: root as ErrorSchema<Record<string, unknown>>, handled };
}

const KNOWN = new Set([
  "required",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "enum",
  "format",
  "type",
  "minItems",
  "const",
]);

/** The validator's findings in the reader's words. */
export function inWords(errors: RJSFValidationError[], say: Say): RJSFValidationError[] {
  return errors
    .filter(({ name }) => name !== "oneOf" && name !== "anyOf" && name !== "if")
    .map((error) => {
      const name = error.name && KNOWN.has(error.name) ? error.name : "other";
      const message = say(`admin.form.${name}`, error.params as Record<string, unknown>);
      return { ...error, message, stack: message };
    });
}
