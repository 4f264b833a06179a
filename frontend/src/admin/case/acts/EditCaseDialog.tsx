import { useTranslate } from "react-admin";
import { api } from "../../app/http/api";
import { ChoiceField, TextLine } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import { useInvolvementChoices, useMeasureChoices } from "../../cases/areaChoices";
import type { CaseDetail } from "../types";

interface Props {
  found: CaseDetail;
  onClose: () => void;
}

interface Values {
  title: string;
  summary: string;
  measure_id: string | null;
  involvement_item_id: string | null;
}

/** Change the case's own facts. */
export function EditCaseDialog({ found, onClose }: Props) {
  const t = useTranslate();
  const measures = useMeasureChoices(found.area.id);
  const items = useInvolvementChoices(found.area.id);
  return (
    <FormDialog<Values>
      title={t("admin.act.edit")}
      submit={t("ra.action.save")}
      initial={{
        title: found.title,
        summary: found.summary,
        measure_id: found.measure?.id ?? null,
        involvement_item_id: found.involvement_item?.id ?? null,
      }}
      act={(values) => api.put(`/cases/${found.id}`, values, { version: found.version })}
      onClose={onClose}
    >
      <TextLine name="title" label={t("admin.case.title")} required />
      <TextLine name="summary" label={t("admin.case.summary")} multiline minRows={3} />
      <ChoiceField
        name="measure_id"
        label={t("admin.case.measure")}
        choices={measures}
        none={t("admin.case.no_measure")}
      />
      <ChoiceField
        name="involvement_item_id"
        label={t("admin.case.involvement_item")}
        choices={items}
        none={t("admin.case.no_item")}
      />
    </FormDialog>
  );
}
