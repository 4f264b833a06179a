import { useTranslate } from "react-admin";
import { today } from "../app/dates";
import { api } from "../app/http/api";
import { TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";

interface Values {
  title: string;
  adopted_on: string;
  summary: string;
}

/** Give an area its strategy. */
export function AdoptDialog({ areaId, onClose }: { areaId: string; onClose: () => void }) {
  const t = useTranslate();
  return (
    <FormDialog<Values>
      title={t("admin.strategy.adopt")}
      submit={t("admin.strategy.adopt")}
      initial={{
        title: t("admin.strategy.title"),
        adopted_on: today(),
        summary: "",
      }}
      act={(values) => api.post(`/areas/${areaId}/strategy`, values)}
      onClose={onClose}
    >
      <TextLine name="title" label={t("admin.case.title")} required />
      <TextLine name="adopted_on" label={t("admin.strategy.adopted_on")} type="date" required />
      <TextLine name="summary" label={t("admin.case.summary")} multiline minRows={3} />
    </FormDialog>
  );
}
