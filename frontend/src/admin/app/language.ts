/** Which language the person reads: one cookie, that the backend reads as well. */

export const LANGUAGES = [
  { locale: "nb", name: "Bokmål" },
  { locale: "nn", name: "Nynorsk" },
  { locale: "en", name: "English" },
] as const;

export type Language = (typeof LANGUAGES)[number]["locale"];

const COOKIE = "fellesgrep_language";
const YEAR_SECONDS = 31_536_000;

export const isLanguage = (value: unknown): value is Language =>
  LANGUAGES.some(({ locale }) => locale === value);

export function chosenLanguage(): Language {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
  const value = found?.slice(COOKIE.length + 1);
  return isLanguage(value) ? value : "nb";
}

export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR
  document.cookie = `${COOKIE}=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  document.documentElement.lang = language;
}
