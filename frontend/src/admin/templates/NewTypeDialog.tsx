import { useTranslate } from "react-admin";
import { useNavigate } from "react-router-dom";
import { api } from "../app/http/api";
import { LANGUAGES } from "../app/language";
import { ChoiceField, TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import type { TemplateSummary } from "./types";

interface Typed {
  key: string;
  title: Record<string, string>;
  source_template_id: string;
}

interface Props {
  templates: TemplateSummary[];
  onClose: () => void;
}

/** A new agreement type, which begins as a copy of one there is. */
export function NewTypeDialog({ templates, onClose }: Props) {
  const t = useTranslate();
  const navigate = useNavigate();
  return (
    <FormDialog<Typed>
      title={t("admin.editor.new_type")}
      intro={t("admin.editor.new_type_lead")}
      submit={t("admin.editor.new_type_submit")}
      initial={{ key: "", title: {}, source_template_id: templates[0]?.id ?? "" }}
      act={async (typed) => {
        const made = await api.post<{ id: string; template_id: string }>("/templates", typed);
        void navigate(`/templates/${made.template_id}/versions/${made.id}`);
      }}
      onClose={onClose}
    >
      {LANGUAGES.map(({ locale, name }) => (
        <TextLine
          key={locale}
          name={`title.${locale}`}
          label={t("admin.editor.title_in", { language: name })}
          required
        />
      ))}
      <TextLine
        name="key"
        label={t("admin.editor.new_type_key")}
        help={t("admin.editor.new_type_key_help")}
        required
      />
      <ChoiceField
        name="source_template_id"
        label={t("admin.editor.new_type_source")}
        choices={templates.map(({ id, title }) => ({ id, name: title }))}
        required
      />
    </FormDialog>
  );
}
