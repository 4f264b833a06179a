/** What a text of an agreement is made of, as the editor knows it; nothing else can get into it. */
import { type Extensions, Mark, mergeAttributes, Node } from "@tiptap/core";
import {
  BulletList as BaseBulletList,
  ListItem as BaseListItem,
  OrderedList as BaseOrderedList,
  ListKeymap,
} from "@tiptap/extension-list";
import {
  Table as BaseTable,
  TableCell as BaseTableCell,
  TableHeader as BaseTableHeader,
  TableRow as BaseTableRow,
} from "@tiptap/extension-table";
import { Placeholder, UndoRedo } from "@tiptap/extensions";
import { BLOCK_ATTRIBUTES } from "./stored";

/** What the editor says about parts of a text; a reference, so that it follows what is known. */
export interface Wording {
  /** The name of a variable as people know it. */
  variable: (name: string) => string;
  /** The badge of a block: its condition, repetition, clause or promise; empty for none. */
  badge: (attributes: Record<string, unknown>) => string;
  reference: (key: string) => string;
  placeholder: string;
}

export type Words = { current: Wording };

const carried = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        default: null,
        keepOnSplit: false,
        parseHTML: (element: HTMLElement) => element.getAttribute(name),
        renderHTML: (attributes: Record<string, unknown>) =>
          attributes[name] === null ? {} : { [name]: attributes[name] },
      },
    ]),
  );

const blockAttributes = () => carried(BLOCK_ATTRIBUTES);

function badged(words: Words, attributes: Record<string, unknown>): Record<string, string> {
  const badge = words.current.badge(attributes);
  return badge ? { "data-badge": badge } : {};
}

const Document = Node.create({ name: "doc", topNode: true, content: "block+" });
const Text = Node.create({ name: "text", group: "inline" });

const HardBreak = Node.create({
  name: "hardBreak",
  inline: true,
  group: "inline",
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  addKeyboardShortcuts() {
    return {
      "Shift-Enter": () => this.editor.commands.insertContent({ type: this.name }),
    };
  },
});

const Bold = Mark.create({
  name: "bold",
  parseHTML: () => [{ tag: "strong" }, { tag: "b" }],
  renderHTML: () => ["strong", 0],
  addKeyboardShortcuts() {
    return { "Mod-b": () => this.editor.commands.toggleMark(this.name) };
  },
});

const Italic = Mark.create({
  name: "italic",
  parseHTML: () => [{ tag: "em" }, { tag: "i" }],
  renderHTML: () => ["em", 0],
  addKeyboardShortcuts() {
    return { "Mod-i": () => this.editor.commands.toggleMark(this.name) };
  },
});

function makeBlocks(words: Words): Extensions {
  const Section = Node.create({
    name: "section",
    group: "block",
    content: "block+",
    defining: true,
    addAttributes: blockAttributes,
    parseHTML: () => [{ tag: "section" }],
    renderHTML: ({ node, HTMLAttributes }) => [
      "section",
      mergeAttributes(HTMLAttributes, badged(words, node.attrs)),
      0,
    ],
  });
  const Heading = Node.create({
    name: "heading",
    group: "block",
    content: "inline*",
    defining: true,
    addAttributes: () => ({ level: { default: 2, rendered: false }, ...blockAttributes() }),
    parseHTML: () => [1, 2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    renderHTML: ({ node, HTMLAttributes }) => [
      `h${node.attrs.level}`,
      mergeAttributes(HTMLAttributes, badged(words, node.attrs)),
      0,
    ],
  });
  const Paragraph = Node.create({
    name: "paragraph",
    priority: 1000,
    group: "block",
    content: "inline*",
    addAttributes: blockAttributes,
    parseHTML: () => [{ tag: "p" }],
    renderHTML: ({ node, HTMLAttributes }) => [
      "p",
      mergeAttributes(HTMLAttributes, badged(words, node.attrs)),
      0,
    ],
  });
  return [Section, Heading, Paragraph];
}

const chip = (label: string) => ["span", { class: "chip-label" }, label] as const;

function makeChips(words: Words): Extensions {
  const variableAttributes = () => carried(["data-var", "data-format"]);
  const Variable = Node.create({
    name: "variable",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes: variableAttributes,
    parseHTML: () => [{ tag: "span[data-var]", priority: 60 }],
    renderHTML: ({ node, HTMLAttributes }) => [
      "span",
      mergeAttributes(HTMLAttributes, { class: "chip" }),
      chip(words.current.variable(String(node.attrs["data-var"]))),
    ],
    renderText: ({ node }) => `[${words.current.variable(String(node.attrs["data-var"]))}]`,
  });
  const VariableBlock = Node.create({
    name: "variableBlock",
    group: "block",
    atom: true,
    addAttributes: () => ({ ...blockAttributes(), ...variableAttributes() }),
    parseHTML: () => [{ tag: "p[data-var]", priority: 60 }],
    renderHTML: ({ node, HTMLAttributes }) => [
      "p",
      mergeAttributes(HTMLAttributes, badged(words, node.attrs), { class: "chip chip-block" }),
      chip(words.current.variable(String(node.attrs["data-var"]))),
    ],
  });
  const Reference = Node.create({
    name: "reference",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes: () => carried(["data-ref"]),
    parseHTML: () => [{ tag: "span[data-ref]", priority: 60 }],
    renderHTML: ({ node, HTMLAttributes }) => [
      "span",
      mergeAttributes(HTMLAttributes, { class: "chip" }),
      chip(words.current.reference(String(node.attrs["data-ref"]))),
    ],
  });
  const Span = Mark.create({
    name: "span",
    addAttributes: blockAttributes,
    parseHTML: () => [{ tag: "span[data-if]" }, { tag: "span[data-each]" }],
    renderHTML: ({ mark, HTMLAttributes }) => [
      "span",
      mergeAttributes(HTMLAttributes, badged(words, mark.attrs)),
      0,
    ],
  });
  return [Variable, VariableBlock, Reference, Span];
}

function makeListsAndTables(words: Words): Extensions {
  const own = { addAttributes: blockAttributes };
  const renderAs =
    (tag: string) =>
    ({
      node,
      HTMLAttributes,
    }: {
      node: { attrs: Record<string, unknown> };
      HTMLAttributes: Record<string, unknown>;
    }) =>
      [tag, mergeAttributes(HTMLAttributes, badged(words, node.attrs)), 0] as const;
  const cell = {
    content: "paragraph+",
    addAttributes: () => ({
      colspan: { default: 1 },
      rowspan: { default: 1, rendered: false },
      colwidth: { default: null, rendered: false },
      ...carried(["scope"]),
      ...blockAttributes(),
    }),
  };
  return [
    BaseListItem.extend({ ...own, renderHTML: renderAs("li") }),
    BaseOrderedList.extend({ ...own, renderHTML: renderAs("ol") }),
    BaseBulletList.extend({ ...own, renderHTML: renderAs("ul") }),
    ListKeymap,
    BaseTable.extend(own).configure({ resizable: false }),
    BaseTableRow.extend({ ...own, renderHTML: renderAs("tr") }),
    BaseTableHeader.extend({ ...cell, renderHTML: renderAs("th") }),
    BaseTableCell.extend({ ...cell, renderHTML: renderAs("td") }),
  ];
}

/**
 * Everything that a text may hold; `words` says what chips and badges are called. `single` is for
 * one clause: nothing can get outside it, and it cannot be deleted.
 */
export function schemaFor(words: Words, single = false): Extensions {
  return [
    single ? Document.extend({ content: "section" }) : Document,
    Text,
    HardBreak,
    Bold,
    Italic,
    ...makeBlocks(words),
    ...makeChips(words),
    ...makeListsAndTables(words),
    UndoRedo,
    Placeholder.configure({ placeholder: () => words.current.placeholder }),
  ];
}
