/** Dates as people say them. Dates (`2026-11-25`) are calendar days, times are instants. */

export type Say = (key: string, options?: Record<string, unknown>) => string;

const DAY_MS = 86_400_000;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day stands for its noon, which is the same day all over Norway. */
export function toDate(value: string | Date): Date {
  if (value instanceof Date) return value;
  return new Date(DATE_ONLY.test(value) ? `${value}T12:00:00Z` : value);
}

const OSLO = { timeZone: "Europe/Oslo" } as const;
const isoDay = new Intl.DateTimeFormat("sv-SE", OSLO);

/** The calendar day in Norway, as `2026-11-25`, wherever the browser is. */
export const dayOf = (value: string | Date): string => isoDay.format(toDate(value));

/** Today in Norway. */
export const today = (): string => dayOf(new Date());

/** Whole calendar days from `now` to `value`; negative for days gone by. */
export function daysUntil(value: string | Date, now: Date = new Date()): number {
  return Math.round((Date.parse(dayOf(value)) - Date.parse(dayOf(now))) / DAY_MS);
}

const localesOf = (locale: string): string[] =>
  locale === "nn" ? ["nn-NO", "nb-NO"] : locale === "en" ? ["en-GB"] : ["nb-NO"];

export function fullDate(value: string | Date, locale: string): string {
  const withTime = typeof value === "string" && !DATE_ONLY.test(value);
  return new Intl.DateTimeFormat(localesOf(locale), {
    ...OSLO,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    ...(withTime ? { hour: "2-digit", minute: "2-digit" } : {}),
  }).format(toDate(value));
}

export function shortDate(value: string | Date, locale: string, now: Date = new Date()): string {
  const date = toDate(value);
  const sameYear = dayOf(date).slice(0, 4) === dayOf(now).slice(0, 4);
  return new Intl.DateTimeFormat(localesOf(locale), {
    ...OSLO,
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(date);
}

export function clockTime(value: string | Date, locale: string): string {
  return new Intl.DateTimeFormat(localesOf(locale), {
    ...OSLO,
    hour: "2-digit",
    minute: "2-digit",
  }).format(toDate(value));
}

function distance(days: number): { unit: "days" | "weeks"; count: number } | null {
  const size = Math.abs(days);
  if (size < 14) return { unit: "days", count: size };
  if (size < 60) return { unit: "weeks", count: Math.round(size / 7) };
  return null;
}

/** 'i dag', 'om 3 dager', 'for 2 uker siden'; far away dates as they are. */
export function sayDate(
  value: string | Date,
  say: Say,
  locale: string,
  now: Date = new Date(),
): string {
  const days = daysUntil(value, now);
  if (days === 0) return say("admin.date.today");
  if (days === 1) return say("admin.date.tomorrow");
  if (days === -1) return say("admin.date.yesterday");
  const far = distance(days);
  if (!far) return shortDate(value, locale, now);
  const direction = days > 0 ? "in" : "ago";
  return say(`admin.date.${direction}_${far.unit}`, { smart_count: far.count });
}

/** How late something is, in words: 'tre dager over fristen' counted in days. */
export function sayLate(dueOn: string, say: Say, now: Date = new Date()): string {
  return say("admin.date.late", { smart_count: Math.max(1, -daysUntil(dueOn, now)) });
}
