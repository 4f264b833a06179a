import { SelectInput, SimpleForm, useTranslate } from "react-admin";
import { EditPage } from "../app/ui/EditPage";
import { SaveBar } from "../app/ui/SaveBar";
import { PartnerInputs } from "./PartnerInputs";

const STATUSES = ["active", "ended"];

/** Change what is known of a partner. */
export default function PartnerEdit() {
  const t = useTranslate();
  return (
    <EditPage title={t("admin.partner.edit")}>
      <SimpleForm toolbar={<SaveBar />}>
        <PartnerInputs />
        <SelectInput
          source="status"
          label="admin.area.status"
          choices={STATUSES.map((id) => ({ id, name: `partners.status.${id}` }))}
          isRequired
        />
      </SimpleForm>
    </EditPage>
  );
}
