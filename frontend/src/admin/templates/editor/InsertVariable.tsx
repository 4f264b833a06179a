import DataObject from "@mui/icons-material/DataObjectOutlined";
import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import Popover from "@mui/material/Popover";
import TextField from "@mui/material/TextField";
import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { listOf } from "./conditions";
import type { Variable } from "./types";

/** The lists that are gone through where the cursor stands: what they hold can be shown there. */
function listsAround(editor: Editor): Set<string> {
  const { $from } = editor.state.selection;
  const found = new Set<string>();
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const list = listOf(String($from.node(depth).attrs["data-each"] ?? ""));
    if (list) found.add(list);
  }
  return found;
}

/** Puts a piece of information from the case into the text, chosen by what it is called. */
export function InsertVariable({ editor, variables }: { editor: Editor; variables: Variable[] }) {
  const t = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const around = anchor ? listsAround(editor) : new Set<string>();
  const group = ({ name, of }: Variable) =>
    t(`admin.editor.group.${name.startsWith("fields.") ? "fields" : of ? "list" : "case"}`);
  const offered = variables
    .filter(({ shown, of }) => shown && (!of || around.has(of)))
    .sort(
      (one, other) =>
        group(one).localeCompare(group(other)) || one.label.localeCompare(other.label),
    );
  const insert = (chosen: Variable | null) => {
    setAnchor(null);
    if (!chosen) return;
    const attrs = {
      "data-var": chosen.name,
      "data-format": chosen.format === "text" ? null : chosen.format,
    };
    const type = chosen.format === "paragraphs" ? "variableBlock" : "variable";
    editor.chain().focus().insertContent({ type, attrs }).run();
  };
  return (
    <>
      <Button
        size="small"
        startIcon={<DataObject />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t("admin.editor.tool.variable")}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{ paper: { sx: { p: 2, width: 380, maxWidth: "95vw" } } }}
      >
        <Autocomplete
          open
          autoHighlight
          options={offered}
          groupBy={group}
          getOptionLabel={({ label }) => label}
          getOptionKey={({ name }) => name}
          onChange={(_, chosen) => insert(chosen)}
          renderInput={(params) => (
            <TextField {...params} autoFocus label={t("admin.editor.find_variable")} />
          )}
        />
      </Popover>
    </>
  );
}
