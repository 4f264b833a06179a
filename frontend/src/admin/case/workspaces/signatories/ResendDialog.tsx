import { useNotify, useTranslate } from "react-admin";
import { dayOf, daysUntil } from "../../../app/dates";
import { api } from "../../../app/http/api";
import { TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";
import type { SignatureRequest } from "./types";

const USUAL_DAYS = 14;

/** The deadline as it is, or the usual time from today where it has passed. */
function nextDeadline({ deadline_on }: SignatureRequest): string {
  if (deadline_on && daysUntil(deadline_on) > 0) return deadline_on;
  const day = new Date();
  day.setDate(day.getDate() + USUAL_DAYS);
  return dayOf(day);
}

interface Props {
  caseId: string;
  request: SignatureRequest;
  onClose: () => void;
}

/** Send a signatory a new link; earlier ones no longer work. */
export function ResendDialog({ caseId, request, onClose }: Props) {
  const t = useTranslate();
  const notify = useNotify();
  return (
    <FormDialog<{ deadline_on: string }>
      title={t("admin.workspace.signing.resend_named", { name: request.name })}
      intro={t("admin.workspace.signing.resend_intro")}
      submit={t("admin.workspace.signing.resend")}
      initial={{ deadline_on: nextDeadline(request) }}
      act={async (values) => {
        await api.post(`/cases/${caseId}/signatories/${request.id}/resend`, values);
        notify("admin.workspace.signing.resent", { type: "success" });
      }}
      onClose={onClose}
    >
      <TextLine
        name="deadline_on"
        label={t("admin.workspace.signing.deadline")}
        type="date"
        required
      />
    </FormDialog>
  );
}
