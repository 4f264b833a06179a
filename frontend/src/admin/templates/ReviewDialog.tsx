import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import type { TemplateVersion, TemplateView } from "./types";

interface Props {
  template: TemplateView;
  version: TemplateVersion;
  onClose: () => void;
}

/** Say by when somebody of legal reads a text in force again. */
export function ReviewDialog({ template, version, onClose }: Props) {
  const t = useTranslate();
  const path = `/templates/${template.id}/versions/${version.id}`;
  return (
    <FormDialog<{ review_by: string }>
      title={t("admin.editor.review_set")}
      intro={t("admin.editor.review_by_help")}
      submit={t("ra.action.save")}
      initial={{ review_by: version.review_by ?? "" }}
      act={async ({ review_by }) => {
        const now = await api.get<{ version: number }>(path);
        await api.post(
          `${path}/review-by`,
          { review_by: review_by || null },
          { version: now.version },
        );
      }}
      onClose={onClose}
    >
      <TextLine name="review_by" type="date" label={t("admin.editor.review_by")} />
    </FormDialog>
  );
}
