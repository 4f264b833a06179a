import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import type { Editor } from "@tiptap/core";
import { useId, useState } from "react";
import { useTranslate } from "react-admin";
import {
  type Condition,
  LISTS,
  listOf,
  readCondition,
  repetitionOf,
  writeCondition,
} from "./conditions";
import type { Variable } from "./types";

const BLOCKS = [
  "section",
  "table",
  "tableRow",
  "listItem",
  "paragraph",
  "variableBlock",
  "heading",
];
const REPEATED = ["tableRow", "listItem", "paragraph", "section"];
const KINDS: Condition["kind"][] = [
  "always",
  "given",
  "missing",
  "is",
  "is_not",
  "several",
  "other",
];

interface Place {
  depth: number;
  type: string;
  position: number;
  condition: string | null;
  each: string | null;
}

/** The blocks around the cursor, the innermost first: each can have a condition of its own. */
function placesOf(editor: Editor): Place[] {
  const { $from } = editor.state.selection;
  const found: Place[] = [];
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    const inContainer = ["listItem", "tableCell", "tableHeader"].includes(
      $from.node(depth - 1).type.name,
    );
    if (!BLOCKS.includes(node.type.name) || (node.type.name === "paragraph" && inContainer))
      continue;
    found.push({
      depth,
      type: node.type.name,
      position: $from.before(depth),
      condition: node.attrs["data-if"] as string | null,
      each: node.attrs["data-each"] as string | null,
    });
  }
  return found;
}

const nameOf = (condition: Condition) => ("name" in condition ? condition.name : "");

function changed(kind: Condition["kind"], before: Condition): Condition {
  const name = nameOf(before);
  if (kind === "is" || kind === "is_not") {
    return { kind, name, value: "value" in before ? before.value : "" };
  }
  if (kind === "other") return { kind, expression: writeCondition(before) ?? "" };
  return kind === "always" ? { kind } : { kind, name };
}

interface Props {
  editor: Editor;
  variables: Variable[];
  onClose: () => void;
}

/** When a part of the text is taken in, and for which list it is repeated. */
export function BlockDialog({ editor, variables, onClose }: Props) {
  const t = useTranslate();
  const titleId = useId();
  const [places] = useState(() => placesOf(editor));
  const [chosen, setChosen] = useState(0);
  const place = places[chosen];
  const [condition, setCondition] = useState(() => readCondition(place?.condition ?? null));
  const [list, setList] = useState(() => listOf(place?.each ?? null));
  const say = (key: string) => t(`admin.editor.condition.${key}`);
  const choose = (at: number) => {
    setChosen(at);
    setCondition(readCondition(places[at]?.condition ?? null));
    setList(listOf(places[at]?.each ?? null));
  };
  const apply = () => {
    if (place) {
      const attrs = { "data-if": writeCondition(condition), "data-each": repetitionOf(list) };
      editor
        .chain()
        .command(({ tr }) => {
          for (const [name, value] of Object.entries(attrs)) {
            tr.setNodeAttribute(place.position, name, value);
          }
          return true;
        })
        .focus()
        .run();
    }
    onClose();
  };
  const label = (name: string) => variables.find((each) => each.name === name)?.label ?? name;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t("admin.editor.condition_title")}</DialogTitle>
      <DialogContent sx={{ display: "grid", gap: 2 }}>
        <TextField
          select
          sx={{ mt: 1 }}
          label={t("admin.editor.condition_of")}
          value={String(chosen)}
          onChange={(event) => choose(Number(event.target.value))}
        >
          {places.map(({ type, position }, at) => (
            <MenuItem key={position} value={String(at)}>
              {t(`admin.editor.block.${type}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={t("admin.editor.condition_kind")}
          value={condition.kind}
          onChange={(event) =>
            setCondition(changed(event.target.value as Condition["kind"], condition))
          }
        >
          {KINDS.map((kind) => (
            <MenuItem key={kind} value={kind}>
              {say(`kind_${kind}`)}
            </MenuItem>
          ))}
        </TextField>
        {"name" in condition && (
          <TextField
            select
            label={t("admin.editor.condition_name")}
            value={variables.some(({ name }) => name === condition.name) ? condition.name : ""}
            onChange={(event) => setCondition({ ...condition, name: event.target.value })}
          >
            {variables.map(({ name, label: said }) => (
              <MenuItem key={name} value={name}>
                {said}
              </MenuItem>
            ))}
          </TextField>
        )}
        {"value" in condition && (
          <TextField
            label={t("admin.editor.condition_value")}
            value={condition.value}
            onChange={(event) =>
              setCondition({ ...condition, value: event.target.value.replace(/['"]/g, "") })
            }
          />
        )}
        {condition.kind === "other" && (
          <TextField
            label={t("admin.editor.condition_expression")}
            helperText={t("admin.editor.condition_expression_help")}
            value={condition.expression}
            onChange={(event) => setCondition({ kind: "other", expression: event.target.value })}
          />
        )}
        {place && REPEATED.includes(place.type) && (
          <TextField
            select
            label={t("admin.editor.repeat")}
            value={list}
            onChange={(event) => setList(event.target.value)}
          >
            <MenuItem value="">{t("admin.editor.repeat_none")}</MenuItem>
            {Object.keys(LISTS).map((name) => (
              <MenuItem key={name} value={name}>
                {label(name)}
              </MenuItem>
            ))}
          </TextField>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose}>{t("ra.action.cancel")}</Button>
        <Button variant="contained" onClick={apply} disabled={!place}>
          {t("admin.editor.apply")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
