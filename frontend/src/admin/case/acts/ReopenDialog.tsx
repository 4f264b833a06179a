import { useTranslate } from "react-admin";
import { api } from "../../app/http/api";
import { TextLine } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import type { CaseDetail } from "../types";

interface Props {
  found: CaseDetail;
  onClose: () => void;
}

/** Open a closed case again, and say why. */
export function ReopenDialog({ found, onClose }: Props) {
  const t = useTranslate();
  return (
    <FormDialog<{ reason: string }>
      title={t("admin.act.reopen")}
      intro={t("admin.act.reopen_intro")}
      submit={t("admin.act.reopen_submit")}
      initial={{ reason: "" }}
      act={(values) => api.post(`/cases/${found.id}/reopen`, values)}
      onClose={onClose}
    >
      <TextLine name="reason" label={t("admin.act.reason")} multiline minRows={3} required />
    </FormDialog>
  );
}
