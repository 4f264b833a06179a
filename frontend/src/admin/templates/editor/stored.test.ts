import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { read, Unreadable, write } from "./stored";

const FOLDER = join(process.cwd(), "../contract_templates");
const SHIPPED = readdirSync(FOLDER, { recursive: true, encoding: "utf-8" })
  .filter((name) => name.endsWith(".xhtml"))
  .map((name) => {
    const text = readFileSync(join(FOLDER, name), "utf-8");
    // What is kept holds each clause's text in place of the line that names it.
    const kept = text.replaceAll("></section>", ">\n<h2>Klausul</h2>\n</section>");
    return [name, kept] as const;
  });

describe("the stored form", () => {
  it.each(SHIPPED)("of %s comes back letter by letter", (_, stored) => {
    expect(write(read(stored))).toBe(stored);
  });

  it("keeps conditions, references, obligations and nested lists", () => {
    const stored = [
      '<section data-key="report" data-if="fields.report">',
      "<h2>Rapport &amp; regnskap</h2>",
      '<ol class="numbered">',
      '<li data-obligation="report" data-who="lead_party" data-due="fields.report_on">Se <span data-ref="money"></span> og <strong>betal <em>straks</em></strong>.</li>',
      '<li>Ord <span data-if="decision">noen ganger</span><ul><li>under</li></ul></li>',
      "</ol>",
      "</section>\n",
    ].join("\n");
    expect(write(read(stored))).toBe(stored);
  });

  it("refuses what is not well-formed", () => {
    expect(() => read("<p>åpen")).toThrow(Unreadable);
  });

  it("begins an empty text with a clause to write in", () => {
    expect(write(read(""))).toBe("<section>\n<h2></h2>\n<p></p>\n</section>\n");
  });
});
