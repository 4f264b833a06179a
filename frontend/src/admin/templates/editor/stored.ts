/**
 * The stored form of a text (a small XHTML subset, one block per line) as a document of the
 * editor, and back. What the editor does not change comes out letter by letter.
 */
import type { JSONContent } from "@tiptap/core";

/** What a block may carry besides its text. */
export const BLOCK_ATTRIBUTES = [
  "id",
  "lang",
  "class",
  "data-key",
  "data-clause",
  "data-clause-version",
  "data-if",
  "data-each",
  "data-obligation",
  "data-who",
  "data-due",
  "data-due-days",
  "data-amount",
  "data-annex",
] as const;
const VARIABLE_ATTRIBUTES = ["data-var", "data-format"] as const;
const CELL_ATTRIBUTES = ["scope", "colspan"] as const;
const ALL_ATTRIBUTES = [
  ...BLOCK_ATTRIBUTES,
  ...VARIABLE_ATTRIBUTES,
  ...CELL_ATTRIBUTES,
  "data-ref",
];
const MARKS: Record<string, string> = { strong: "bold", em: "italic", span: "span" };
const TAGS: Record<string, string> = {
  section: "section",
  ol: "orderedList",
  ul: "bulletList",
  li: "listItem",
  table: "table",
  tr: "tableRow",
  th: "tableHeader",
  td: "tableCell",
};
const TAG_OF: Record<string, string> = Object.fromEntries(
  Object.entries(TAGS).map(([tag, type]) => [type, tag]),
);
const ON_OWN_LINES = new Set(["section", "ol", "ul", "table", "thead", "tbody"]);

type Attributes = Record<string, string>;

function attributesOf(element: Element, but: readonly string[] = []): Attributes {
  const found: Attributes = {};
  for (const name of ALL_ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null && !but.includes(name)) found[name] = value;
  }
  return found;
}

function made(type: string, attrs: Attributes, content?: JSONContent[]): JSONContent {
  return {
    type,
    ...(Object.keys(attrs).length ? { attrs } : {}),
    ...(content?.length ? { content } : {}),
  };
}

/** Raised for text that is not well-formed. */
export class Unreadable extends Error {}

/** Read a stored text. */
export function read(stored: string): JSONContent {
  const parsed = new DOMParser().parseFromString(`<div>${stored}</div>`, "application/xml");
  if (parsed.getElementsByTagName("parsererror").length) throw new Unreadable(stored.slice(0, 80));
  const content = [...parsed.documentElement.children].map(readBlock);
  return {
    type: "doc",
    content: content.length
      ? content
      : [
          {
            type: "section",
            content: [{ type: "heading", attrs: { level: 2 } }, { type: "paragraph" }],
          },
        ],
  };
}

function readBlock(element: Element): JSONContent {
  const tag = element.localName;
  const heading = /^h([1-4])$/.exec(tag);
  if (heading) {
    const block = made("heading", attributesOf(element), readInline(element));
    return { ...block, attrs: { ...block.attrs, level: Number(heading[1]) } };
  }
  if (tag === "p" && element.hasAttribute("data-var")) {
    return made("variableBlock", attributesOf(element));
  }
  if (tag === "table") return made("table", attributesOf(element), readRows(element));
  if (tag === "li" || tag === "td" || tag === "th") return readContainer(element, TAGS[tag] ?? "");
  const type = TAGS[tag];
  if (type) return made(type, attributesOf(element), [...element.children].map(readBlock));
  return made("paragraph", attributesOf(element), readInline(element));
}

function readRows(table: Element): JSONContent[] {
  return [...table.children].flatMap((child) =>
    child.localName === "tr" ? [readBlock(child)] : [...child.children].map(readBlock),
  );
}

/** List items and cells hold text directly; the editor wants a paragraph around it. */
function readContainer(element: Element, type: string): JSONContent {
  const variable = element.getAttribute("data-var");
  if (variable !== null) {
    const attrs = attributesOf(element, VARIABLE_ATTRIBUTES);
    return made(type, attrs, [{ type: "paragraph", content: [variableOf(element)] }]);
  }
  const content: JSONContent[] = [];
  let inline: JSONContent[] = [];
  const close = () => {
    if (inline.length) content.push({ type: "paragraph", content: inline });
    inline = [];
  };
  for (const child of element.childNodes) {
    if (child instanceof Element && /^(p|ol|ul|h[1-4]|section|table)$/.test(child.localName)) {
      close();
      content.push(readBlock(child));
    } else inline.push(...readNode(child, []));
  }
  close();
  if (!content.length) content.push({ type: "paragraph" });
  return made(type, attributesOf(element), content);
}

type Mark = { type: string; attrs?: Attributes };

function readInline(element: Element): JSONContent[] {
  return [...element.childNodes].flatMap((child) => readNode(child, []));
}

function variableOf(element: Element, marks: Mark[] = []): JSONContent {
  const attrs: Attributes = {};
  for (const name of VARIABLE_ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) attrs[name] = value;
  }
  return { type: "variable", attrs, ...(marks.length ? { marks } : {}) };
}

function readNode(node: Node, marks: Mark[]): JSONContent[] {
  const marked = marks.length ? { marks } : {};
  if (!(node instanceof Element)) {
    const text = node.textContent ?? "";
    return text ? [{ type: "text", text, ...marked }] : [];
  }
  if (node.localName === "br") return [{ type: "hardBreak", ...marked }];
  const ref = node.getAttribute("data-ref");
  if (ref !== null) return [made("reference", { "data-ref": ref })];
  const inside = [...marks, ...marksOf(node)];
  if (node.hasAttribute("data-var")) return [variableOf(node, inside)];
  return [...node.childNodes].flatMap((child) => readNode(child, inside));
}

/** A `span` marks words only by what it says of them, such as a condition. */
function marksOf(node: Element): Mark[] {
  const type = MARKS[node.localName];
  if (!type) return [];
  if (type !== "span") return [{ type }];
  const attrs = attributesOf(node, VARIABLE_ATTRIBUTES);
  return Object.keys(attrs).length ? [{ type, attrs }] : [];
}

/** Write a document of the editor in the stored form. */
export function write(document: JSONContent): string {
  return (document.content ?? []).map(writeBlock).join("");
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeText = (text: string) => text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
const escapeValue = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

function opening(tag: string, attrs: Record<string, unknown> = {}): string {
  const said = ALL_ATTRIBUTES.filter((name) => attrs[name] !== undefined && attrs[name] !== null)
    .filter((name) => !(name === "colspan" && Number(attrs[name]) === 1))
    .map((name) => ` ${name}="${escapeValue(String(attrs[name]))}"`);
  return `<${tag}${inOrder(said).join("")}>`;
}

/** Class and scope stand before what fills the element, as in the shipped texts. */
function inOrder(said: string[]): string[] {
  const plain = said.filter((each) => !each.startsWith(" data-"));
  const rank = (each: string) => (each.startsWith(" scope") ? 0 : 1);
  plain.sort((one, other) => rank(one) - rank(other));
  return [...plain, ...said.filter((each) => each.startsWith(" data-"))];
}

const element = (tag: string, attrs: Record<string, unknown> | undefined, inside: string) =>
  `${opening(tag, attrs)}${ON_OWN_LINES.has(tag) ? "\n" : ""}${inside}</${tag}>\n`;

function writeBlock(node: JSONContent): string {
  const { type = "", attrs, content = [] } = node;
  switch (type) {
    case "heading":
      return element(`h${attrs?.level ?? 2}`, attrs, writeInline(content));
    case "paragraph":
      return element("p", attrs, writeInline(content));
    case "variableBlock":
      return element("p", attrs, "");
    case "table":
      return element("table", attrs, writeRows(content));
    case "tableRow":
      return element("tr", attrs, content.map(writeContained).join(""));
    case "listItem":
      return `${writeContained(node)}\n`;
    default:
      return element(TAG_OF[type] ?? "p", attrs, content.map(writeBlock).join(""));
  }
}

function writeRows(rows: JSONContent[]): string {
  const heads = rows.findIndex((row) => !row.content?.every(({ type }) => type === "tableHeader"));
  const head = rows.slice(0, heads < 0 ? rows.length : heads);
  const body = rows.slice(head.length);
  const part = (tag: string, of: JSONContent[]) =>
    of.length ? element(tag, {}, of.map(writeBlock).join("")) : "";
  return part("thead", head) + part("tbody", body);
}

/** A list item or cell on one line: its first plain paragraph stands in it directly. */
function writeContained(node: JSONContent): string {
  const tag = TAG_OF[node.type ?? ""] ?? "td";
  const content = node.content ?? [];
  const alone = content.length === 1 ? onlyVariable(content[0]) : undefined;
  if (alone && tag !== "li") return `${opening(tag, { ...node.attrs, ...alone.attrs })}</${tag}>`;
  const inside = content.map((child, at) =>
    at === 0 && child.type === "paragraph" && isPlain(child)
      ? writeInline(child.content ?? [])
      : writeBlock(child).replaceAll("\n", ""),
  );
  return `${opening(tag, node.attrs)}${inside.join("")}</${tag}>`;
}

const isPlain = ({ attrs = {} }: JSONContent) =>
  ALL_ATTRIBUTES.every((name) => attrs[name] === undefined || attrs[name] === null);

function onlyVariable(block: JSONContent | undefined): JSONContent | undefined {
  const [first, ...others] = block?.content ?? [];
  const alone = block?.type === "paragraph" && isPlain(block) && others.length === 0;
  return alone && first?.type === "variable" && !first.marks?.length ? first : undefined;
}

type Inline = JSONContent & { marks?: Mark[] };

/** Write text whose marks are nested: neighbours that share a mark share its element. */
function writeInline(nodes: JSONContent[], depth = 0): string {
  let written = "";
  for (let at = 0; at < nodes.length; ) {
    const node = nodes[at] as Inline;
    const mark = node.marks?.[depth];
    if (!mark) {
      written += writeLeaf(node);
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < nodes.length && isSame((nodes[end] as Inline).marks?.[depth], mark)) end += 1;
    written += writeMarked(nodes.slice(at, end), mark, depth);
    at = end;
  }
  return written;
}

const isSame = (one: Mark | undefined, other: Mark) =>
  JSON.stringify(one) === JSON.stringify(other);

function writeMarked(nodes: JSONContent[], mark: Mark, depth: number): string {
  const tag = mark.type === "bold" ? "strong" : mark.type === "italic" ? "em" : "span";
  const [first] = nodes as Inline[];
  if (nodes.length === 1 && first?.type === "variable" && first.marks?.length === depth + 1) {
    return `${opening(tag, { ...mark.attrs, ...first.attrs })}</${tag}>`;
  }
  return `${opening(tag, mark.attrs)}${writeInline(nodes, depth + 1)}</${tag}>`;
}

function writeLeaf(node: JSONContent): string {
  if (node.type === "text") return escapeText(node.text ?? "");
  if (node.type === "hardBreak") return "<br/>";
  return `${opening("span", node.attrs)}</span>`;
}
