import { SimpleForm, useTranslate } from "react-admin";
import { CreatePage } from "../app/ui/CreatePage";
import { SaveBar } from "../app/ui/SaveBar";
import { PersonInputs } from "./PersonInputs";

/** Register an employee. */
export default function PersonCreate() {
  const t = useTranslate();
  return (
    <CreatePage title={t("admin.people.new")} lead={t("admin.people.new_lead")} then="list">
      <SimpleForm
        toolbar={<SaveBar label="admin.people.register" />}
        defaultValues={{ language: "nb", grants: [{ role: "liaison", area_id: null }] }}
      >
        <PersonInputs />
      </SimpleForm>
    </CreatePage>
  );
}
