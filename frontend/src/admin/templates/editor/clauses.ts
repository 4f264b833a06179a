/** Clauses of the library in a text: which it holds, and how they come and are renewed. */
import type { JSONContent } from "@tiptap/core";
import { read, write } from "./stored";

/** A clause in force. `same`: numbers of versions that read as it does. */
export interface ClauseWording {
  key: string;
  title: string;
  reason: string;
  number: number;
  bodies: Record<string, string>;
  same: number[];
}

export interface HeldClause {
  key: string;
  number: number;
  section: number;
}

/** The clauses that a text holds, in its order. */
export function clausesIn(stored: string): HeldClause[] {
  return (read(stored).content ?? []).flatMap(({ attrs = {} }, section) => {
    const key = attrs["data-clause"] as string | undefined;
    return key ? [{ key, number: Number(attrs["data-clause-version"] ?? 0), section }] : [];
  });
}

export const isOutdated = (wording: ClauseWording | undefined, number: number): boolean =>
  wording !== undefined && number < wording.number && !wording.same.includes(number);

type Bodies = Record<string, string>;

function inEach(bodies: Bodies, change: (content: JSONContent[], language: string) => void) {
  return Object.fromEntries(
    Object.entries(bodies).map(([language, stored]) => {
      const { content = [] } = read(stored);
      change(content, language);
      return [language, write({ type: "doc", content })];
    }),
  );
}

const textOf = ({ bodies }: ClauseWording, language: string): JSONContent[] =>
  read(bodies[language] ?? "").content ?? [];

/** Put the wording in force in place of an older one in every language; conditions stay. */
export function renewClause(bodies: Bodies, wording: ClauseWording): Bodies {
  return inEach(bodies, (content, language) => {
    content.forEach((section, at) => {
      if (section.attrs?.["data-clause"] !== wording.key) return;
      const attrs = { ...section.attrs, "data-clause-version": String(wording.number) };
      content[at] = { ...section, attrs, content: textOf(wording, language) };
    });
  });
}

/** Put a clause into every language behind a section; at the end where a text is shorter. */
export function insertClause(bodies: Bodies, wording: ClauseWording, behind: number): Bodies {
  const attrs = { "data-clause": wording.key, "data-clause-version": String(wording.number) };
  return inEach(bodies, (content, language) => {
    content.splice(behind + 1, 0, { type: "section", attrs, content: textOf(wording, language) });
  });
}
