/** What the server found wrong, by path (`lines.0.description`), beside what is typed. */
import { type FieldProblem, fieldErrors, fieldPath } from "../../../app/http/problem";

export type Marks = Record<string, string>;

function at(root: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (node, part) =>
        node && typeof node === "object" ? (node as Record<string, unknown>)[part] : undefined,
      root,
    );
}

/** The marks that stay after a change: those whose field holds what it held before. */
export function stillWrong(marks: Marks, before: object, after: object): Marks {
  const kept = Object.entries(marks).filter(([path]) => at(before, path) === at(after, path));
  return Object.fromEntries(kept);
}

/** Those of the problems that stand below a path, as marks relative to it. */
export function marksBelow(problems: readonly FieldProblem[], root: string): Marks {
  const below = problems.filter(({ pointer }) => fieldPath(pointer).startsWith(`${root}.`));
  const marks = Object.entries(fieldErrors(below));
  return Object.fromEntries(marks.map(([path, text]) => [path.slice(root.length + 1), text]));
}
