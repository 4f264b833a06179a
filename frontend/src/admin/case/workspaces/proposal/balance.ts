import type { PlanEdit } from "./types";

export interface Sums {
  total: number;
  funded: number;
  /** Positive: still to be found. Negative: more than it costs. */
  missing: number;
}

/** What it costs and what is found, as it is typed. The backend counts again when it is sent. */
export function sums(plan: PlanEdit): Sums {
  const sum = (rows: readonly { amount_ore: number }[]) =>
    rows.reduce((so_far, { amount_ore }) => so_far + amount_ore, 0);
  const total = sum(plan.lines);
  const funded = sum(plan.contributions);
  return { total, funded, missing: total - funded };
}
