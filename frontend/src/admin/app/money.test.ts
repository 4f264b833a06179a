import { describe, expect, it } from "vitest";
import { formatOre, parseKroner, shortOre } from "./money";

const plain = (text: string) => text.replace(/\u00a0/g, " ");

describe("money", () => {
  it("is shown in kroner with øre only where there are some", () => {
    expect(plain(formatOre(15_000_000))).toBe("150 000 kr");
    expect(plain(formatOre(15_000_050))).toBe("150 000,50 kr");
    expect(plain(shortOre(125_000_000))).toBe("1,3 mill. kr");
  });

  it.each([
    ["150 000", 15_000_000],
    ["150.000,50", 15_000_050],
    ["kr 1 200", 120_000],
    ["1200,-", 120_000],
    ["0", 0],
  ])("reads %s as people type and paste it", (typed, ore) => {
    expect(parseKroner(typed)).toBe(ore);
  });

  it.each(["", "mye", "12,345", "1 2 x"])("does not guess what %s means", (typed) => {
    expect(parseKroner(typed)).toBeNull();
  });

  it("comes back as it was typed", () => {
    expect(parseKroner(formatOre(98_765_43))).toBe(98_765_43);
  });
});
