import AddComment from "@mui/icons-material/AddCommentOutlined";
import FormatBold from "@mui/icons-material/FormatBoldOutlined";
import FormatItalic from "@mui/icons-material/FormatItalicOutlined";
import FormatListBulleted from "@mui/icons-material/FormatListBulletedOutlined";
import FormatListNumbered from "@mui/icons-material/FormatListNumberedOutlined";
import PlaylistAdd from "@mui/icons-material/PlaylistAddOutlined";
import Redo from "@mui/icons-material/RedoOutlined";
import Rule from "@mui/icons-material/RuleOutlined";
import TableChart from "@mui/icons-material/TableChartOutlined";
import Title from "@mui/icons-material/TitleOutlined";
import Undo from "@mui/icons-material/UndoOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import { type Editor, useEditorState } from "@tiptap/react";
import { type ReactNode, useState } from "react";
import { useTranslate } from "react-admin";
import { BlockDialog } from "./BlockDialog";
import { InsertVariable } from "./InsertVariable";
import type { Variable } from "./types";

interface Props {
  editor: Editor;
  editable: boolean;
  /** What can be put into the text; null for one clause that is filled already. */
  variables: Variable[] | null;
  onComment: (() => void) | undefined;
  /** The text is one section of a whole: none is added to it. */
  onePart?: boolean | undefined;
  /** Further tools, where the text is written as a whole. */
  tools?: ((editor: Editor) => ReactNode) | undefined;
}

interface ToolProps {
  text: string;
  active?: boolean;
  disabled?: boolean;
  act: () => void;
  children: ReactNode;
}

function Tool({ text, active = false, disabled = false, act, children }: ToolProps) {
  return (
    <Tooltip title={text}>
      <span>
        <IconButton
          size="small"
          aria-label={text}
          aria-pressed={active}
          disabled={disabled}
          color={active ? "primary" : "default"}
          onMouseDown={(event) => event.preventDefault()}
          onClick={act}
        >
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
}

/** A new clause after the one with the cursor. */
function addClause(editor: Editor): void {
  const { $from } = editor.state.selection;
  const end = $from.depth > 0 ? $from.after(1) : editor.state.doc.content.size;
  editor
    .chain()
    .insertContentAt(end, {
      type: "section",
      content: [{ type: "heading", attrs: { level: 2 } }, { type: "paragraph" }],
    })
    .setTextSelection(end + 2)
    .focus()
    .run();
}

const EMPTY_TABLE = {
  type: "table",
  content: ["tableHeader", "tableCell"].map((cell) => ({
    type: "tableRow",
    content: [0, 1, 2].map(() => ({
      type: cell,
      ...(cell === "tableHeader" ? { attrs: { scope: "col" } } : {}),
      content: [{ type: "paragraph" }],
    })),
  })),
};

function useActive(editor: Editor) {
  return useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      heading: now.isActive("heading", { level: 3 }),
      numbered: now.isActive("orderedList"),
      bulleted: now.isActive("bulletList"),
      table: now.isActive("table"),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
}

/** What can be done with the text; everything works by keyboard. */
export function Toolbar(props: Props) {
  const { editor, editable, variables, onComment, onePart = false, tools } = props;
  const t = useTranslate();
  const [asking, setAsking] = useState(false);
  const active = useActive(editor);
  const run = () => editor.chain().focus();
  const say = (key: string) => t(`admin.editor.tool.${key}`);
  if (!editable && !onComment) return null;
  return (
    <Box
      role="toolbar"
      aria-label={say("bar")}
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 0.5,
        p: 0.75,
        position: "sticky",
        top: "var(--toolbar-top, 48px)",
        zIndex: 2,
        bgcolor: "background.default",
      }}
    >
      {editable && (
        <>
          {variables && (
            <>
              <InsertVariable editor={editor} variables={variables} />
              <Button size="small" startIcon={<Rule />} onClick={() => setAsking(true)}>
                {say("condition")}
              </Button>
              {!onePart && (
                <Button size="small" startIcon={<PlaylistAdd />} onClick={() => addClause(editor)}>
                  {say("clause")}
                </Button>
              )}
              {tools?.(editor)}
            </>
          )}
          <Tool
            text={say("heading")}
            active={active.heading}
            act={() => void run().toggleNode("heading", "paragraph", { level: 3 }).run()}
          >
            <Title fontSize="small" />
          </Tool>
          <Tool
            text={say("bold")}
            active={active.bold}
            act={() => void run().toggleMark("bold").run()}
          >
            <FormatBold fontSize="small" />
          </Tool>
          <Tool
            text={say("italic")}
            active={active.italic}
            act={() => void run().toggleMark("italic").run()}
          >
            <FormatItalic fontSize="small" />
          </Tool>
          <Tool
            text={say("numbered")}
            active={active.numbered}
            act={() =>
              void run()
                .toggleOrderedList()
                .updateAttributes("orderedList", { class: "numbered" })
                .run()
            }
          >
            <FormatListNumbered fontSize="small" />
          </Tool>
          <Tool
            text={say("bulleted")}
            active={active.bulleted}
            act={() => void run().toggleBulletList().run()}
          >
            <FormatListBulleted fontSize="small" />
          </Tool>
          <Tool
            text={say(active.table ? "row" : "table")}
            act={() =>
              void (active.table ? run().addRowAfter() : run().insertContent(EMPTY_TABLE)).run()
            }
          >
            <TableChart fontSize="small" />
          </Tool>
          {active.table && (
            <>
              <Button size="small" onClick={() => void run().addColumnAfter().run()}>
                {say("column")}
              </Button>
              <Button size="small" onClick={() => void run().deleteRow().run()}>
                {say("delete_row")}
              </Button>
              <Button size="small" onClick={() => void run().deleteColumn().run()}>
                {say("delete_column")}
              </Button>
            </>
          )}
          <Tool text={say("undo")} disabled={!active.undo} act={() => void run().undo().run()}>
            <Undo fontSize="small" />
          </Tool>
          <Tool text={say("redo")} disabled={!active.redo} act={() => void run().redo().run()}>
            <Redo fontSize="small" />
          </Tool>
        </>
      )}
      {onComment && (
        <Button size="small" startIcon={<AddComment />} onClick={onComment}>
          {say("comment")}
        </Button>
      )}
      {asking && variables && (
        <BlockDialog editor={editor} variables={variables} onClose={() => setAsking(false)} />
      )}
    </Box>
  );
}
