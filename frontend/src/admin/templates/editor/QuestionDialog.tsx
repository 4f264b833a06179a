import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useId, useState } from "react";
import { useTranslate } from "react-admin";
import { LANGUAGES } from "../../app/language";
import type { Asked, Choice } from "./types";

const TYPES = ["text", "long_text", "date", "number", "money", "choice", "yes_no"];
/** A question before anything is said of it. */
export const EMPTY: Asked = {
  name: "",
  type: "text",
  label: {},
  help: {},
  required: false,
  departs: false,
  asked_if: null,
  default: null,
  choices: [],
  minimum: 0,
  maximum: 1_000_000,
};

/** A name for expressions, made of what people call it. */
export function nameFrom(label: string, taken: readonly string[]): string {
  const plain = label
    .toLowerCase()
    .replaceAll("æ", "ae")
    .replaceAll("ø", "o")
    .replaceAll("å", "a")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40);
  const base = plain || "field";
  let name = base;
  for (let number = 2; taken.includes(name); number += 1) name = `${base}_${number}`;
  return name;
}

const choicesFrom = (text: string): Choice[] => {
  const labels = [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);
  const taken: string[] = [];
  return labels.map((label) => {
    const value = nameFrom(label, taken);
    taken.push(value);
    return { value, label: { nb: label, nn: label, en: label } };
  });
};

/** What was typed as the example's answer, as the type of the question has it. */
function answerFrom(text: string, type: string): unknown {
  if (text === "") return null;
  if (type === "number") return Number.parseInt(text, 10);
  if (type === "money") return Math.round(Number.parseFloat(text.replace(",", ".")) * 100);
  if (type === "yes_no") return text === "yes";
  return text;
}

function answerText(answer: unknown, type: string): string {
  if (answer === null || answer === undefined) return "";
  if (type === "money") return String(Number(answer) / 100);
  if (type === "yes_no") return answer ? "yes" : "no";
  return String(answer);
}

interface Props {
  asked: Asked | null;
  answer: unknown;
  taken: string[];
  before: readonly Asked[];
  onKeep: (asked: Asked, answer: unknown) => void;
  onRemove: () => void;
  onClose: () => void;
}

function Answer({
  asked,
  value,
  onChange,
}: {
  asked: Asked;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useTranslate();
  const label = t("admin.editor.question.example");
  const choices =
    asked.type === "yes_no"
      ? ["yes", "no"].map((id) => ({ id, name: t(`admin.editor.question.${id}`) }))
      : asked.choices.map((each) => ({ id: each.value, name: each.label.nb ?? each.value }));
  const isChoice = asked.type === "yes_no" || asked.type === "choice";
  const type =
    asked.type === "date" ? "date" : ["number", "money"].includes(asked.type) ? "number" : "text";
  return (
    <TextField
      select={isChoice}
      type={type}
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={asked.type === "date" ? { inputLabel: { shrink: true } } : {}}
    >
      {isChoice && [
        <MenuItem key="" value="">
          –
        </MenuItem>,
        ...choices.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        )),
      ]}
    </TextField>
  );
}

/** One question to the author of an agreement. */
export function QuestionDialog({ asked, answer, taken, before, onKeep, onRemove, onClose }: Props) {
  const t = useTranslate();
  const titleId = useId();
  const [field, setField] = useState(asked ?? EMPTY);
  const [example, setExample] = useState(answerText(answer, field.type));
  const [choices, setChoices] = useState(
    field.choices.map((each) => each.label.nb ?? "").join("\n"),
  );
  const yesOrNo = before.filter(({ type }) => type === "yes_no");
  const say = (key: string) => t(`admin.editor.question.${key}`);
  const set = (part: Partial<Asked>) => setField({ ...field, ...part });
  const named = LANGUAGES.every(({ locale }) => field.label[locale]?.trim());
  const complete = named && (field.type !== "choice" || choices.trim());
  const keep = () => {
    const same = field.choices.map((each) => each.label.nb ?? "").join("\n") === choices;
    const made: Asked = {
      ...field,
      name: asked?.name ?? nameFrom(field.label.nb ?? "", taken),
      choices: field.type !== "choice" ? [] : same ? field.choices : choicesFrom(choices),
    };
    onKeep(made, answerFrom(example, field.type));
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{say(asked ? "edit" : "add")}</DialogTitle>
      <DialogContent sx={{ display: "grid", gap: 2 }}>
        {LANGUAGES.map(({ locale, name }, at) => (
          <TextField
            key={locale}
            autoFocus={at === 0}
            sx={at === 0 ? { mt: 1 } : {}}
            label={t("admin.editor.question.label_in", { language: name })}
            value={field.label[locale] ?? ""}
            onChange={(event) => set({ label: { ...field.label, [locale]: event.target.value } })}
          />
        ))}
        <TextField
          select
          label={say("type")}
          value={field.type}
          onChange={(event) => {
            set({ type: event.target.value, default: null });
            setExample("");
          }}
        >
          {TYPES.map((type) => (
            <MenuItem key={type} value={type}>
              {say(`type_${type}`)}
            </MenuItem>
          ))}
        </TextField>
        {field.type === "choice" && (
          <TextField
            multiline
            minRows={2}
            label={say("choices")}
            helperText={say("choices_help")}
            value={choices}
            onChange={(event) => setChoices(event.target.value)}
          />
        )}
        <Box>
          <FormControlLabel
            label={say("required_long")}
            control={
              <Checkbox checked={field.required} onChange={(_, on) => set({ required: on })} />
            }
          />
          <FormControlLabel
            label={say("departs_long")}
            control={
              <Checkbox checked={field.departs} onChange={(_, on) => set({ departs: on })} />
            }
          />
        </Box>
        {yesOrNo.length > 0 && (
          <TextField
            select
            label={say("asked_if")}
            value={field.asked_if ?? ""}
            onChange={(event) => set({ asked_if: event.target.value || null })}
          >
            <MenuItem value="">{say("asked_always")}</MenuItem>
            {yesOrNo.map(({ name, label }) => (
              <MenuItem key={name} value={name}>
                {label.nb ?? name}
              </MenuItem>
            ))}
          </TextField>
        )}
        <Answer asked={field} value={example} onChange={setExample} />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        {asked && (
          <Button color="error" onClick={onRemove} sx={{ mr: "auto" }}>
            {say("remove")}
          </Button>
        )}
        <Button onClick={onClose}>{t("ra.action.cancel")}</Button>
        <Button variant="contained" disabled={!complete} onClick={keep}>
          {say("keep")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
