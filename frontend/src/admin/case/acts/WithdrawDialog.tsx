import { useTranslate } from "react-admin";
import { api } from "../../app/http/api";
import { TextLine } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import type { CaseDetail } from "../types";

interface Props {
  found: CaseDetail;
  onClose: () => void;
}

/** End the case before an agreement: its open tasks go, and the reason stays. */
export function WithdrawDialog({ found, onClose }: Props) {
  const t = useTranslate();
  return (
    <FormDialog<{ reason: string }>
      title={t("admin.act.withdraw")}
      intro={t("admin.act.withdraw_intro")}
      submit={t("admin.act.withdraw_submit")}
      danger
      initial={{ reason: "" }}
      act={(values) => api.post(`/cases/${found.id}/withdraw`, values, { version: found.version })}
      onClose={onClose}
    >
      <TextLine name="reason" label={t("admin.act.reason")} multiline minRows={3} required />
    </FormDialog>
  );
}
