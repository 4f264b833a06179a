import { useTranslate } from "react-admin";
import { type Page as ApiPage, api } from "../../app/http/api";
import { useApi } from "../../app/http/useApi";
import type { Named } from "../../app/types";
import { FindField, TextLine } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import type { CaseDetail } from "../types";

interface Props {
  found: CaseDetail;
  onClose: () => void;
}

/** Give the responsibility for the case to somebody else, and say why. */
export function HandOverDialog({ found, onClose }: Props) {
  const t = useTranslate();
  const people = useApi<ApiPage<Named>>("/people", { role: "liaison", per_page: 200 });
  const others = (people.data?.items ?? []).filter(({ id }) => id !== found.responsible.id);
  return (
    <FormDialog<{ person_id: string; reason: string }>
      title={t("admin.act.hand_over")}
      submit={t("admin.act.hand_over_submit")}
      initial={{ person_id: "", reason: "" }}
      act={(values) => api.post(`/cases/${found.id}/hand-over`, values, { version: found.version })}
      onClose={onClose}
    >
      <FindField
        name="person_id"
        label={t("admin.act.new_responsible")}
        choices={others}
        required
      />
      <TextLine name="reason" label={t("admin.act.reason")} multiline minRows={2} required />
    </FormDialog>
  );
}
