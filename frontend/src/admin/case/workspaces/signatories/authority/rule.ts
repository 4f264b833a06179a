import type { Known } from "./types";

export const ALL = "all";

/** What the fields of a rule hold. */
export interface RuleValues {
  people: string[];
  needed: string;
  optional: boolean;
  substituted: boolean;
  substitute: string;
  stands_for: string;
  mandate: string;
  valid_from: string;
  valid_to: string;
}

export const NO_RULE: RuleValues = {
  people: [],
  needed: ALL,
  optional: false,
  substituted: false,
  substitute: "",
  stands_for: "",
  mandate: "",
  valid_from: "",
  valid_to: "",
};

/** The rule that the fields say, as the API takes it. */
export function ruleOf(values: RuleValues, known: readonly Known[]) {
  const contactOf = (name: string) =>
    known.find((person) => person.name === name)?.contact_id ?? null;
  const people = values.people.map((name) => ({ name, contact_id: contactOf(name) }));
  const needed = values.needed === ALL ? people.length : Number(values.needed);
  const slot = { needed, of: people.map((_, index) => index) };
  const substitute = {
    stands_for: Math.max(0, values.people.indexOf(values.stands_for)),
    name: values.substitute,
    contact_id: contactOf(values.substitute),
    mandate: values.mandate,
    valid_from: values.valid_from,
    valid_to: values.valid_to || null,
  };
  return {
    people,
    combinations: people.length > 0 ? [{ slots: [slot] }] : [],
    substitutes: values.substituted ? [substitute] : [],
    optional: values.optional,
  };
}
