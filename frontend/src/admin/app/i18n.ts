import polyglotI18nProvider from "ra-i18n-polyglot";
import type { I18nProvider, TranslationMessages } from "react-admin";
import { api } from "./http/api";
import { chosenLanguage, isLanguage, LANGUAGES, type Language } from "./language";
import { ownTexts } from "./texts";

type Phrases = TranslationMessages & Record<string, unknown>;

/** Backend texts have `{name}` for what is filled in, polyglot has `%{name}`. */
function forPolyglot(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, text.replace(/\{(\w+)\}/g, "%{$1}")]),
  );
}

/** All texts of a language: the backend's words and the admin's own. */
async function phrasesOf(language: Language): Promise<Phrases> {
  const texts = await api.get<Record<string, string>>(`/texts/${language}`).catch(() => ({}));
  return { ...forPolyglot(texts), ...ownTexts[language] } as Phrases;
}

/** Make the i18n provider with the chosen language loaded; others are loaded when chosen. */
export async function loadI18n(): Promise<I18nProvider> {
  const first = chosenLanguage();
  const loaded = new Map<Language, Phrases>([[first, await phrasesOf(first)]]);
  document.documentElement.lang = first;
  return polyglotI18nProvider(
    (locale) => {
      const language = isLanguage(locale) ? locale : "nb";
      const known = loaded.get(language);
      if (known) return known;
      return phrasesOf(language).then((phrases) => {
        loaded.set(language, phrases);
        return phrases;
      });
    },
    first,
    [...LANGUAGES],
    { allowMissing: true },
  );
}
