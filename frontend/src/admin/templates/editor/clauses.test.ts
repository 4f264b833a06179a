import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ClauseWording, clausesIn, insertClause, isOutdated, renewClause } from "./clauses";

const FOLDER = join(process.cwd(), "../contract_templates/_base/clauses");
const shipped = (key: string) => readFileSync(join(FOLDER, key, "nb.xhtml"), "utf-8");

const disputes: ClauseWording = {
  key: "disputes",
  title: "Tvister",
  reason: "",
  number: 3,
  bodies: { nb: shipped("disputes"), nn: "<h2>Tvistar</h2>\n<p>Ny.</p>\n" },
  same: [2, 3],
};
const FIRST = "<section>\n<h2>Partene</h2>\n<p>Vi.</p>\n</section>\n";
const OLD =
  '<section class="keep" data-clause="disputes" data-clause-version="1" data-if="decision">\n<h2>Tvister</h2>\n<p>Gammel.</p>\n</section>\n';

describe("clauses in a text", () => {
  it("are found with their numbers and places", () => {
    expect(clausesIn(FIRST + OLD)).toEqual([{ key: "disputes", number: 1, section: 1 }]);
  });

  it("are outdated only when a newer wording reads otherwise", () => {
    expect([1, 2, 3, 4].map((number) => isOutdated(disputes, number))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isOutdated(undefined, 1)).toBe(false);
  });

  it("are renewed in every language, and keep condition and class", () => {
    const renewed = renewClause({ nb: FIRST + OLD, nn: OLD }, disputes);
    expect(renewed.nb).toBe(
      `${FIRST}<section class="keep" data-clause="disputes" data-clause-version="3" data-if="decision">\n${shipped("disputes")}</section>\n`,
    );
    expect(renewed.nn).toContain("<h2>Tvistar</h2>\n<p>Ny.</p>");
  });

  it("are put in behind a section, letter by letter, and at the end of a shorter text", () => {
    const put = insertClause({ nb: FIRST + FIRST, nn: "" }, disputes, 0);
    const clause = `<section data-clause="disputes" data-clause-version="3">\n${shipped("disputes")}</section>\n`;
    expect(put.nb).toBe(FIRST + clause + FIRST);
    expect(clausesIn(put.nn ?? "").map(({ key }) => key)).toEqual(["disputes"]);
  });
});
