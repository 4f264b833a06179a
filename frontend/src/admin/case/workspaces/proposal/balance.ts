import type { Say } from "../../../app/dates";
import { formatOre } from "../../../app/money";
import { sumOf } from "../shared/sheet";
import type { PlanEdit } from "./types";

export interface Sums {
  total: number;
  funded: number;
  /** Positive: still to be found. Negative: more than it costs. */
  missing: number;
}

/** What it costs and what is found, as it is typed. The backend counts again when it is sent. */
export function sums(plan: PlanEdit): Sums {
  const total = sumOf(plan.lines, "amount_ore");
  const funded = sumOf(plan.contributions, "amount_ore");
  return { total, funded, missing: total - funded };
}

export interface Giver {
  /** No id: the municipality. */
  party_id: string | null;
  name: string;
}

export interface Share extends Giver {
  cash: number;
  inKind: number;
}

/** What each one brings so far; also those who bring nothing yet. */
export function shares(plan: PlanEdit, givers: readonly Giver[]): Share[] {
  return givers.map((giver) => {
    const given = plan.contributions.filter(({ party_id }) => party_id === giver.party_id);
    const of = (kind: string) =>
      sumOf(
        given.filter((each) => each.kind === kind),
        "amount_ore",
      );
    return { ...giver, cash: of("cash"), inKind: of("in_kind") };
  });
}

/** `100 000 kr i penger og 20 000 kr i egeninnsats`, or that there is nothing yet. */
export function shareInWords({ cash, inKind }: Share, say: Say): string {
  const parts = [
    cash > 0 && say("admin.workspace.balance.cash", { amount: formatOre(cash) }),
    inKind > 0 && say("admin.workspace.balance.in_kind", { amount: formatOre(inKind) }),
  ].filter((part) => part !== false);
  return parts.join(` ${say("admin.workspace.and")} `) || say("admin.workspace.balance.nothing");
}

/** Whether it adds up, and if not, what is missing or too much. */
export function balanceInWords({ total, funded, missing }: Sums, say: Say): string {
  if (total === 0 && funded === 0) return say("admin.workspace.balance.none");
  if (missing === 0) return say("admin.workspace.balance.balanced");
  const key = missing > 0 ? "missing" : "too_much";
  return say(`admin.workspace.balance.${key}`, { amount: formatOre(Math.abs(missing)) });
}
