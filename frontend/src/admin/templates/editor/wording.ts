import type { TranslateFunction } from "react-admin";
import { type ClauseWording, isOutdated } from "./clauses";
import { listOf, readCondition } from "./conditions";
import type { Wording } from "./schema";
import type { Variable } from "./types";

interface Known {
  variables: Variable[];
  /** Key of a clause → its heading, for references. */
  headings: Record<string, string>;
  /** The clauses of the library, so that older wordings of them are named. */
  clauses?: ClauseWording[];
}

/** A condition as a lawyer says it. */
export function sayCondition(
  expression: string,
  label: (name: string) => string,
  t: TranslateFunction,
): string {
  const read = readCondition(expression);
  if (read.kind === "always") return "";
  if (read.kind === "other") return t("admin.editor.condition.other", { text: read.expression });
  const params = { name: label(read.name), value: "value" in read ? read.value : "" };
  return t(`admin.editor.condition.${read.kind}`, params);
}

/** How chips and badges are called, from what the server knows about the text. */
export function wordingOf(
  { variables, headings, clauses = [] }: Known,
  t: TranslateFunction,
): Wording {
  const labels = new Map(variables.map(({ name, label }) => [name, label]));
  const variable = (name: string) => labels.get(name) ?? name;
  const badge = (attributes: Record<string, unknown>) => {
    const said = (name: string) => String(attributes[name] ?? "");
    const parts: string[] = [];
    if (said("data-clause")) {
      const clause = headings[said("data-clause")] ?? said("data-clause");
      const version = said("data-clause-version");
      parts.push(t("admin.editor.clause", { clause, version }));
      const known = clauses.find(({ key }) => key === said("data-clause"));
      if (isOutdated(known, Number(version))) parts.push(t("admin.clause.newer_exists"));
    }
    if (said("data-if")) parts.push(sayCondition(said("data-if"), variable, t));
    if (said("data-each")) {
      parts.push(t("admin.editor.repeated", { list: variable(listOf(said("data-each"))) }));
    }
    if (said("data-obligation")) parts.push(t("admin.editor.obligation"));
    return parts.join(" · ");
  };
  return {
    variable,
    badge,
    reference: (key) => t("admin.editor.reference", { clause: headings[key] ?? key }),
    placeholder: t("admin.editor.placeholder"),
  };
}
