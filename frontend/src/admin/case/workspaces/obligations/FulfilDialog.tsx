import { useTranslate } from "react-admin";
import { today } from "../../../app/dates";
import { api } from "../../../app/http/api";
import { TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";
import type { Obligation } from "./types";

interface Props {
  caseId: string;
  promised: Obligation;
  onClose: () => void;
}

/** Record that something promised is done. */
export function FulfilDialog({ caseId, promised, onClose }: Props) {
  const t = useTranslate();
  return (
    <FormDialog<{ fulfilled_on: string; note: string }>
      title={promised.description}
      submit={t("admin.workspace.obligation.fulfil")}
      initial={{ fulfilled_on: today(), note: "" }}
      act={(values) =>
        api.post(`/cases/${caseId}/obligations/${promised.id}/fulfil`, values, {
          version: promised.version,
        })
      }
      onClose={onClose}
    >
      <TextLine
        name="fulfilled_on"
        label={t("admin.workspace.obligation.fulfilled_on")}
        type="date"
        required
      />
      <TextLine name="note" label={t("admin.workspace.obligation.note")} multiline minRows={2} />
    </FormDialog>
  );
}
