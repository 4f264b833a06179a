import { SelectInput, SimpleForm, TextInput, useTranslate } from "react-admin";
import { EditPage } from "../app/ui/EditPage";
import { SaveBar } from "../app/ui/SaveBar";
import { PHASES } from "./phases";

/** Change an area's facts. */
export default function AreaEdit() {
  const t = useTranslate();
  return (
    <EditPage title={t("admin.area.edit")}>
      <SimpleForm toolbar={<SaveBar />}>
        <SelectInput
          source="phase"
          label="admin.area.phase"
          choices={PHASES.map((id) => ({ id, name: `areas.phase.${id}` }))}
          isRequired
        />
        <TextInput source="summary" label="admin.case.summary" multiline minRows={3} isRequired />
        <TextInput source="contact_point_name" label="admin.area.contact_point" />
        <TextInput source="contact_point_address" label="admin.partner.address" />
        <TextInput source="contact_point_hours" label="admin.area.hours" />
      </SimpleForm>
    </EditPage>
  );
}
