import Polyglot from "node-polyglot";
import { describe, expect, it } from "vitest";
import { clockTime, dayOf, daysUntil, sayDate, sayLate } from "./dates";
import { ownTexts } from "./texts";

const NOW = new Date("2026-11-25T15:00:00+01:00");
const polyglot = new Polyglot({ phrases: { admin: ownTexts.nb.admin }, locale: "nb" });
const say = (key: string, options?: Record<string, unknown>) => polyglot.t(key, options);
const said = (date: string) => sayDate(date, say, "nb", NOW);

describe("dates", () => {
  it("near today are said as people say them", () => {
    expect(said("2026-11-25")).toBe("i dag");
    expect(said("2026-11-26")).toBe("i morgen");
    expect(said("2026-11-24")).toBe("i går");
    expect(said("2026-11-28")).toBe("om 3 dager");
    expect(said("2026-11-20")).toBe("for 5 dager siden");
    expect(said("2026-12-16")).toBe("om 3 uker");
  });

  it("far away are written out, with the year only where it differs", () => {
    expect(said("2026-03-12")).toBe("12. mars");
    expect(said("2027-06-01")).toBe("1. juni 2027");
  });

  it("count calendar days, not hours", () => {
    expect(daysUntil("2026-11-26T00:10:00+01:00", NOW)).toBe(1);
    expect(daysUntil("2026-11-25T23:59:00+01:00", NOW)).toBe(0);
  });

  it("are Norway's, wherever the browser is", () => {
    expect(dayOf("2026-11-25T23:30:00Z")).toBe("2026-11-26");
    expect(dayOf("2026-07-01T21:59:00Z")).toBe("2026-07-01");
    expect(dayOf("2026-11-25")).toBe("2026-11-25");
    expect(clockTime("2026-11-25T03:17:00Z", "nb")).toBe("04:17");
  });

  it("tell how late something is in words", () => {
    expect(sayLate("2026-11-24", say, NOW)).toBe("1 dag over fristen");
    expect(sayLate("2026-11-15", say, NOW)).toBe("10 dager over fristen");
  });
});
