import Add from "@mui/icons-material/AddOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Empty } from "../../app/ui/Empty";
import { QuestionDialog } from "./QuestionDialog";
import type { Asked, Content } from "./types";

interface Props {
  content: Content;
  language: string;
  editable: boolean;
  onChange: (part: Partial<Content>) => void;
}

/** What the author of an agreement is asked, since the case does not know it. */
export function Questions({ content, language, editable, onChange }: Props) {
  const t = useTranslate();
  const { fields } = content.manifest;
  const [open, setOpen] = useState<number | null>(null);
  const keep = (at: number, asked: Asked, answer: unknown) => {
    const changed =
      at < fields.length ? fields.map((each, i) => (i === at ? asked : each)) : [...fields, asked];
    const { [asked.name]: _, ...others } = content.answers;
    const answers = answer === null || answer === "" ? others : { ...others, [asked.name]: answer };
    onChange({ manifest: { ...content.manifest, fields: changed }, answers });
    setOpen(null);
  };
  const remove = (at: number) => {
    const gone = fields[at]?.name ?? "";
    const { [gone]: _, ...answers } = content.answers;
    const left = fields
      .filter((_each, i) => i !== at)
      .map((each) => (each.asked_if === gone ? { ...each, asked_if: null } : each));
    onChange({ manifest: { ...content.manifest, fields: left }, answers });
    setOpen(null);
  };
  return (
    <>
      <Typography variant="body2" sx={{ color: "text.secondary", mb: 1 }}>
        {t("admin.editor.question.lead")}
      </Typography>
      {fields.length === 0 && <Empty title={t("admin.editor.question.none")} />}
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {fields.map((field, at) => (
          <Box
            component="li"
            key={field.name}
            sx={{ py: 1, borderBottom: 1, borderColor: "divider", display: "flex", gap: 1 }}
          >
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {field.label[language] ?? field.label.nb}
              </Typography>
              <Typography variant="caption" sx={{ color: "text.secondary" }}>
                {[
                  t(`admin.editor.question.type_${field.type}`),
                  field.required && t("admin.editor.question.required"),
                  field.departs && t("admin.editor.question.departs"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </Typography>
            </Box>
            {editable && (
              <Button size="small" onClick={() => setOpen(at)}>
                {t("ra.action.edit")}
              </Button>
            )}
          </Box>
        ))}
      </Box>
      {editable && (
        <Button
          startIcon={<Add />}
          size="small"
          sx={{ mt: 1 }}
          onClick={() => setOpen(fields.length)}
        >
          {t("admin.editor.question.add")}
        </Button>
      )}
      {open !== null && (
        <QuestionDialog
          asked={fields[open] ?? null}
          answer={content.answers[fields[open]?.name ?? ""] ?? null}
          taken={fields.filter((_, i) => i !== open).map(({ name }) => name)}
          before={fields.slice(0, open)}
          onKeep={(asked, answer) => keep(open, asked, answer)}
          onRemove={() => remove(open)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
