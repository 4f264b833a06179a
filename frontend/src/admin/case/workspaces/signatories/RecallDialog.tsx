import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../app/http/api";
import { TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";

/** Take an agreement back that is out for signature, and say why. */
export function RecallDialog({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  return (
    <FormDialog<{ reason: string }>
      title={t("admin.workspace.signing.recall")}
      intro={t("admin.workspace.signing.recall_intro")}
      submit={t("admin.workspace.signing.recall")}
      initial={{ reason: "" }}
      act={async (values) => {
        await api.post(`/cases/${caseId}/signatories/recall`, values);
        notify("admin.workspace.signing.recalled", { type: "success" });
      }}
      onClose={onClose}
      danger
    >
      <TextLine
        name="reason"
        label={t("admin.workspace.signing.recall_reason")}
        help={t("admin.workspace.signing.recall_reason_help")}
        multiline
        minRows={3}
        required
      />
    </FormDialog>
  );
}
