import { useTranslate } from "react-admin";
import { api } from "../../app/http/api";
import { TextLine } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import type { CaseDetail } from "../types";

interface Props {
  found: CaseDetail;
  onClose: () => void;
}

/** Let the case rest, say why, and choose the day it is taken up by itself, if that is known. */
export function HoldDialog({ found, onClose }: Props) {
  const t = useTranslate();
  return (
    <FormDialog<{ reason: string; until_on: string }>
      title={t("admin.act.hold")}
      intro={t("admin.act.hold_intro")}
      submit={t("admin.act.hold_submit")}
      initial={{ reason: "", until_on: "" }}
      act={({ reason, until_on }) =>
        api.post(`/cases/${found.id}/hold`, { reason, until_on: until_on || null })
      }
      onClose={onClose}
    >
      <TextLine name="reason" label={t("admin.act.reason")} multiline minRows={3} required />
      <TextLine
        name="until_on"
        type="date"
        label={t("admin.act.hold_until")}
        help={t("admin.act.hold_until_help")}
      />
    </FormDialog>
  );
}
