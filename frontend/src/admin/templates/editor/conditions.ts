/** Conditions and repetitions between the words of lawyers and the expressions of a text. */

export type Condition =
  | { kind: "always" }
  | { kind: "given" | "missing"; name: string }
  | { kind: "is" | "is_not"; name: string; value: string }
  | { kind: "several"; name: string }
  | { kind: "other"; expression: string };

const NAME = "([a-z_][a-z0-9_.]*)";
const GIVEN = new RegExp(`^${NAME}$`);
const MISSING = new RegExp(`^not\\s+${NAME}$`);
const COMPARED = new RegExp(`^${NAME}\\s*(==|!=)\\s*(["'])([^"']*)\\3$`);
const SEVERAL = new RegExp(`^len\\(${NAME}\\)\\s*>\\s*1$`);

/** Read an expression as one of the conditions that the dialog knows; else it stays as it is. */
export function readCondition(expression: string | null): Condition {
  const text = (expression ?? "").trim();
  if (!text) return { kind: "always" };
  const given = GIVEN.exec(text);
  if (given?.[1]) return { kind: "given", name: given[1] };
  const missing = MISSING.exec(text);
  if (missing?.[1]) return { kind: "missing", name: missing[1] };
  const several = SEVERAL.exec(text);
  if (several?.[1]) return { kind: "several", name: several[1] };
  const compared = COMPARED.exec(text);
  if (compared?.[1]) {
    const kind = compared[2] === "==" ? "is" : "is_not";
    return { kind, name: compared[1], value: compared[4] ?? "" };
  }
  return { kind: "other", expression: text };
}

/** Write a condition as an expression; null for none. */
export function writeCondition(condition: Condition): string | null {
  switch (condition.kind) {
    case "always":
      return null;
    case "given":
      return condition.name || null;
    case "missing":
      return condition.name ? `not ${condition.name}` : null;
    case "several":
      return condition.name ? `len(${condition.name}) > 1` : null;
    case "is":
    case "is_not": {
      const sign = condition.kind === "is" ? "==" : "!=";
      return condition.name ? `${condition.name} ${sign} '${condition.value}'` : null;
    }
    case "other":
      return condition.expression.trim() || null;
  }
}

/** Lists that can be repeated, and what one of each is called. */
export const LISTS: Record<string, string> = {
  parties: "party",
  "proposal.activities": "activity",
  "funding.lines": "line",
  "funding.contributions": "contribution",
  "funding.shares": "share",
};

export const listOf = (each: string | null): string =>
  /^\s*\w+\s+in\s+(\S+)\s*$/.exec(each ?? "")?.[1] ?? "";

export const repetitionOf = (list: string): string | null =>
  LISTS[list] ? `${LISTS[list]} in ${list}` : null;
