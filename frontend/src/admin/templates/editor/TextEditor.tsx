import Box from "@mui/material/Box";
import { type Editor, EditorContent, useEditor } from "@tiptap/react";
import { type ReactNode, useEffect, useRef } from "react";
import { look } from "./look";
import { schemaFor, type Wording } from "./schema";
import { read, write } from "./stored";
import { Toolbar } from "./Toolbar";
import type { Said, Variable } from "./types";

interface Props {
  stored: string;
  label: string;
  editable: boolean;
  wording: Wording;
  /** What can be put into the text; null for one clause that is filled already. */
  variables: Variable[] | null;
  onChange: (stored: string) => void;
  /** Somebody wants to say something about the words chosen. */
  onComment?: ((place: Pick<Said, "section" | "quote">) => void) | undefined;
  /** A clause to show, from outside (the check list, a comment). */
  shown: { section: number } | null;
  /** Counts how often the text was changed from outside; then `stored` takes its place. */
  revision?: number;
  onePart?: boolean;
  tools?: ((editor: Editor) => ReactNode) | undefined;
}

/** The number of the clause in which the selection begins. */
export const sectionAt = (editor: Editor): number => editor.state.selection.$from.index(0);

function quoteOf(editor: Editor): string {
  const { from, to } = editor.state.selection;
  return editor.state.doc.textBetween(from, to, " ").trim().slice(0, 300);
}

/** The text of an agreement as it will look, with variables as chips and conditions as badges. */
export function TextEditor(props: Props) {
  const { stored, label, editable, wording, variables, onChange, onComment, shown } = props;
  const { revision = 0, onePart, tools } = props;
  const words = useRef(wording);
  words.current = wording;
  const change = useRef(onChange);
  change.current = onChange;
  const editor = useEditor({
    extensions: schemaFor(words, variables === null),
    content: read(stored),
    editable,
    editorProps: {
      attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true", tabindex: "0" },
    },
    onUpdate: ({ editor: changed }) => change.current(write(changed.getJSON())),
  });
  const present = useRef({ stored, revision });
  present.current.stored = stored;
  useEffect(() => {
    if (present.current.revision === revision) return;
    present.current.revision = revision;
    editor.commands.setContent(read(present.current.stored), { emitUpdate: false });
  }, [editor, revision]);
  useEffect(() => {
    if (!shown) return;
    const block = editor.view.dom.children[shown.section];
    block?.scrollIntoView({ block: "center", behavior: "auto" });
    if (block) editor.commands.setTextSelection(editor.view.posAtDOM(block, 0) + 1);
  }, [editor, shown]);
  return (
    <Box>
      <Toolbar
        editor={editor}
        editable={editable}
        variables={variables}
        onePart={onePart}
        tools={tools}
        onComment={
          onComment && (() => onComment({ section: sectionAt(editor), quote: quoteOf(editor) }))
        }
      />
      <Box sx={look}>
        <EditorContent editor={editor} />
      </Box>
    </Box>
  );
}
