import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { parseKroner } from "../app/money";
import { TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";

interface Values {
  title: string;
  goal: string;
  indicator: string;
  budget_ore: string;
}

/** Add a measure to the action plan. The budget is typed in kroner. */
export function MeasureDialog({ areaId, onClose }: { areaId: string; onClose: () => void }) {
  const t = useTranslate();
  return (
    <FormDialog<Values>
      title={t("admin.area.add_measure")}
      submit={t("admin.area.add_measure")}
      initial={{ title: "", goal: "", indicator: "", budget_ore: "" }}
      act={(values) =>
        api.post(`/areas/${areaId}/measures`, {
          ...values,
          budget_ore: parseKroner(values.budget_ore || "0"),
        })
      }
      onClose={onClose}
    >
      <TextLine name="title" label={t("admin.case.title")} required />
      <TextLine name="goal" label={t("admin.area.goal")} multiline minRows={2} required />
      <TextLine name="indicator" label={t("admin.area.indicator")} />
      <TextLine name="budget_ore" label={t("admin.area.budget_kroner")} />
    </FormDialog>
  );
}
