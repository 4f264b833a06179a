import { BooleanInput, SimpleForm, useTranslate } from "react-admin";
import { EditPage } from "../app/ui/EditPage";
import { SaveBar } from "../app/ui/SaveBar";
import { PersonInputs } from "./PersonInputs";

/** Change an employee's details and roles, or close the account. */
export default function PersonEdit() {
  const t = useTranslate();
  return (
    <EditPage title={t("admin.people.edit")} then="list">
      <SimpleForm toolbar={<SaveBar />}>
        <PersonInputs />
        <BooleanInput
          source="active"
          label="admin.people.active"
          helperText="admin.people.active_help"
        />
      </SimpleForm>
    </EditPage>
  );
}
