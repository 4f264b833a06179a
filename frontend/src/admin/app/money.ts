/** Money is øre in integers everywhere; people see and type kroner. */

const NO_BREAK = "\u00a0";

/** 15000000 → `150 000 kr`; øre only where there are some. */
export function formatOre(ore: number): string {
  return `${formatKroner(ore)}${NO_BREAK}kr`;
}

/** The same without the unit, for inputs and table cells under a `kr` head. */
export function formatKroner(ore: number): string {
  const digits = ore % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat("nb-NO", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(ore / 100);
}

/** Read what somebody typed or pasted (`150 000`, `150.000,50`, `kr 1 200`); null when it is no amount. */
export function parseKroner(text: string): number | null {
  const bare = text
    .replace(/kr\.?|,-/gi, "")
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace(/\.(?=\d{3}(\D|$))/g, "")
    .replace("\u2212", "-")
    .replace(",", ".");
  if (!/^-?\d+(\.\d{1,2})?$/.test(bare)) return null;
  return Math.round(Number(bare) * 100);
}

/** `1,2 mill. kr` for charts and column heads, where room is scarce. */
export function shortOre(ore: number): string {
  const kroner = ore / 100;
  if (Math.abs(kroner) >= 1_000_000) {
    const millions = new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 1 }).format(
      kroner / 1_000_000,
    );
    return `${millions}${NO_BREAK}mill.${NO_BREAK}kr`;
  }
  return formatOre(Math.round(kroner) * 100);
}
