import { SimpleForm, useTranslate } from "react-admin";
import { CreatePage } from "../app/ui/CreatePage";
import { SaveBar } from "../app/ui/SaveBar";
import { PartnerInputs } from "./PartnerInputs";

/** Register a partner. */
export default function PartnerCreate() {
  const t = useTranslate();
  return (
    <CreatePage title={t("admin.partner.new")} lead={t("admin.partner.new_lead")}>
      <SimpleForm
        toolbar={<SaveBar label="admin.partner.register" />}
        defaultValues={{ kind: "housing_cooperative" }}
      >
        <PartnerInputs />
      </SimpleForm>
    </CreatePage>
  );
}
