import type { ErrorSchema, RJSFValidationError } from "@rjsf/utils";
import type { Say } from "../../app/dates";
import { type FieldProblem, fieldPath } from "../../app/http/problem";

interface Node {
  [key: string]: Node | string[] | undefined;
  __errors?: string[];
}

/** Problems of the API as the form knows errors; `others` have no field in this form. */
export function errorSchemaOf(
  errors: readonly FieldProblem[],
  known: readonly string[],
): { schema: ErrorSchema<Record<string, unknown>>; others: string[] } {
  const root: Node = {};
  const others: string[] = [];
  for (const { pointer, detail } of errors) {
    const path = fieldPath(pointer)
      .split(".")
      .filter((part) => part && part !== "answers");
    if (!known.includes(path[0] ?? "")) {
      others.push(detail);
      continue;
    }
    let node = root;
    for (const part of path) {
      node[part] ??= {};
      node = node[part] as Node;
    }
    node.__errors = [...(node.__errors ?? []), detail];
  }
  return { schema: root as ErrorSchema<Record<string, unknown>>, others };
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
  return errors.map((error) => {
    const name = error.name && KNOWN.has(error.name) ? error.name : "other";
    const message = say(`admin.form.${name}`, error.params as Record<string, unknown>);
    return { ...error, message, stack: message };
  });
}
