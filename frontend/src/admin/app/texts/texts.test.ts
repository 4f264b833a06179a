import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownTexts } from ".";

const ADMIN = join(import.meta.dirname, "../..");

const sources = readdirSync(ADMIN, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
  .map((name) => readFileSync(join(ADMIN, name), "utf8"));

function keysOf(node: unknown, prefix: string): string[] {
  if (typeof node === "string") return [prefix];
  return Object.entries(node as object).flatMap(([key, child]) =>
    keysOf(child, `${prefix}.${key}`),
  );
}

const has = (key: string): boolean =>
  key.split(".").reduce<unknown>((node, part) => (node as Record<string, unknown>)?.[part], {
    admin: ownTexts.nb.admin,
  }) !== undefined;

describe("the admin's own texts", () => {
  it("exist for every key that is used", () => {
    const used = sources.flatMap((text) =>
      [...text.matchAll(/"(admin\.[a-z_]+(?:\.[A-Za-z_]+)*)"/g)].map(([, key]) => key ?? ""),
    );
    expect(used.length).toBeGreaterThan(200);
    expect(used.filter((key) => !has(key))).toEqual([]);
  });

  it("are filled in all three languages, with the same placeholders", () => {
    const placeholders = (text: string) => [...text.matchAll(/%\{\w+\}/g)].map(String).sort();
    const flat = (language: keyof typeof ownTexts) =>
      keysOf(ownTexts[language].admin, "admin").sort();
    expect(flat("nn")).toEqual(flat("nb"));
    expect(flat("en")).toEqual(flat("nb"));
    for (const key of flat("nb")) {
      const text = (language: keyof typeof ownTexts) =>
        key
          .split(".")
          .slice(1)
          .reduce<unknown>(
            (node, part) => (node as Record<string, unknown>)[part],
            ownTexts[language].admin,
          ) as string;
      const unique = (language: keyof typeof ownTexts) => [
        ...new Set(placeholders(text(language))),
      ];
      expect([key, text("nn").length > 0, unique("nn")]).toEqual([key, true, unique("nb")]);
      expect([key, text("en").length > 0, unique("en")]).toEqual([key, true, unique("nb")]);
    }
  });
});
