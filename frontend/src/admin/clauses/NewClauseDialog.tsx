import { useTranslate } from "react-admin";
import { useNavigate } from "react-router-dom";
import { api } from "../app/http/api";
import { LANGUAGES } from "../app/language";
import { TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";

interface Typed {
  key: string;
  title: Record<string, string>;
}

/** A new clause: what it is called; its text is written afterwards. */
export function NewClauseDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  return (
    <FormDialog<Typed>
      title={t("admin.clause.new")}
      intro={t("admin.clause.new_lead")}
      submit={t("admin.clause.make")}
      initial={{ key: "", title: {} }}
      act={async (typed) => {
        const made = await api.post<{ id: string; clause_id: string }>("/clauses", typed);
        void navigate(`/clauses/${made.clause_id}/versions/${made.id}`);
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
        help={t("admin.clause.new_key_help")}
        required
      />
    </FormDialog>
  );
}
