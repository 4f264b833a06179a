import Polyglot from "node-polyglot";
import { describe, expect, it } from "vitest";
import { ownTexts } from "../../../app/texts";
import { balanceInWords, shareInWords, shares, sums } from "./balance";
import type { PlanEdit } from "./types";

const words = new Polyglot({ locale: "nb", phrases: ownTexts.nb });
const say = (key: string, options?: Record<string, unknown>) =>
  words.t(key, options).replace(/[\u00a0\u202f]/g, " ");

const GIVERS = [
  { party_id: null, name: "Kommunen" },
  { party_id: "p1", name: "Furulia borettslag" },
  { party_id: "p2", name: "Nordli Bygg AS" },
];

function plan(costs: number[], gifts: [string | null, string, number][]): PlanEdit {
  return {
    lines: costs.map((amount_ore) => ({ description: "Benk", category: "other", amount_ore })),
    contributions: gifts.map(([party_id, kind, amount_ore]) => ({
      party_id,
      kind,
      description: "",
      amount_ore,
    })),
  };
}

describe("the balance of a plan", () => {
  it("is what it costs less what is found, to the øre", () => {
    const counted = sums(plan([10_000_001, 5_000_000], [[null, "cash", 9_000_000]]));
    expect(counted).toEqual({ total: 15_000_001, funded: 9_000_000, missing: 6_000_001 });
  });

  it("is said in words: missing, too much, in balance, or not begun", () => {
    const said = (of: PlanEdit) => balanceInWords(sums(of), say);
    expect(said(plan([15_000_000], [[null, "cash", 10_000_000]]))).toBe(
      "Det mangler 50 000 kr for å gå i balanse.",
    );
    expect(said(plan([100], [[null, "cash", 150]]))).toBe(
      "Finansieringen er 0,50 kr høyere enn budsjettet.",
    );
    expect(said(plan([100], [["p1", "in_kind", 100]]))).toBe("Finansieringen er i balanse.");
    expect(said(plan([], []))).toContain("Skriv inn budsjettet");
  });

  it("says what each one brings, in money and in kind, also who brings nothing yet", () => {
    const given = plan(
      [],
      [
        [null, "cash", 15_000_000],
        ["p1", "cash", 1_000_000],
        ["p1", "cash", 500_000],
        ["p1", "in_kind", 250_000],
      ],
    );
    const said = shares(given, GIVERS).map((share) => `${share.name}: ${shareInWords(share, say)}`);
    expect(said).toEqual([
      "Kommunen: 150 000 kr i penger",
      "Furulia borettslag: 15 000 kr i penger og 2 500 kr i egeninnsats",
      "Nordli Bygg AS: ingenting ennå",
    ]);
  });
});
