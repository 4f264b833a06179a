import UploadFile from "@mui/icons-material/UploadFileOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import Typography from "@mui/material/Typography";
import { useId, useRef } from "react";
import { useTranslate } from "react-admin";
import { useController, useFormContext } from "react-hook-form";
import { api } from "../../../../app/http/api";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";

interface Values {
  file: File | null;
  title: string;
}

/** `gårdsrom_plan-2.pdf` → `gårdsrom plan 2`, to begin with. */
export function suggestedTitle(fileName: string): string {
  const words = fileName.replace(/\.[^.]+$/, "").replaceAll(/[_-]+/g, " ");
  return words.trim().slice(0, 120);
}

function ChooseFile() {
  const t = useTranslate();
  const help = useId();
  const input = useRef<HTMLInputElement>(null);
  const { getValues, setValue } = useFormContext<Values>();
  const { field, fieldState } = useController({
    name: "file",
    rules: { required: t("admin.form.required") },
  });
  const choose = (file: File | null) => {
    field.onChange(file);
    if (file && !getValues("title")) setValue("title", suggestedTitle(file.name));
  };
  const chosen = field.value as File | null;
  return (
    <Box>
      <Button
        variant="outlined"
        startIcon={<UploadFile />}
        aria-describedby={help}
        onClick={() => input.current?.click()}
      >
        {t("admin.workspace.attachments.file")}
      </Button>
      <input
        hidden
        ref={input}
        type="file"
        accept="application/pdf,image/jpeg,image/png"
        aria-label={t("admin.workspace.attachments.file")}
        onChange={(event) => choose(event.target.files?.[0] ?? null)}
      />
      <Typography id={help} variant="body2" component="div" sx={{ mt: 0.5 }}>
        {chosen?.name}
        {fieldState.error && <FormHelperText error>{fieldState.error.message}</FormHelperText>}
      </Typography>
    </Box>
  );
}

/** Add a drawing, map or picture; what is wrong with it is said at its field. */
export function AddDialog({ path, onClose }: { path: string; onClose: () => void }) {
  const t = useTranslate();
  const add = async ({ file, title }: Values) => {
    if (!file) return;
    const form = new FormData();
    form.set("file", file);
    form.set("title", title);
    await api.postForm(path, form);
  };
  return (
    <FormDialog<Values>
      title={t("admin.workspace.attachments.add")}
      submit={t("admin.workspace.attachments.add")}
      initial={{ file: null, title: "" }}
      act={add}
      onClose={onClose}
    >
      <ChooseFile />
      <TextLine
        name="title"
        label={t("admin.workspace.attachments.name")}
        help={t("admin.workspace.attachments.name_help")}
        required
      />
    </FormDialog>
  );
}
