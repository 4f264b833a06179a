import Box from "@mui/material/Box";
import {
  ArrayInput,
  AutocompleteInput,
  ReferenceInput,
  required,
  SelectInput,
  SimpleFormIterator,
  TextInput,
  useTranslate,
} from "react-admin";
import { LANGUAGES } from "../app/language";
import { fieldRow } from "../app/ui/formCard";
import { ROLES } from "./roles";

/** What an administrator writes about an employee. */
export function PersonInputs() {
  const t = useTranslate();
  return (
    <>
      <Box sx={fieldRow}>
        <TextInput source="name" label="admin.people.name" validate={required()} />
        <TextInput
          source="email"
          label="admin.people.email"
          type="email"
          validate={required()}
          helperText="admin.people.email_help"
        />
        <TextInput source="title" label="admin.people.title" validate={required()} />
        <TextInput source="unit" label="admin.people.unit" validate={required()} />
        <SelectInput
          source="language"
          label="admin.people.language"
          choices={LANGUAGES.map(({ locale, name }) => ({ id: locale, name }))}
          translateChoice={false}
          isRequired
        />
      </Box>
      <ArrayInput source="grants" label="admin.people.roles">
        <SimpleFormIterator inline fullWidth disableReordering disableClear>
          <SelectInput
            source="role"
            label="admin.people.role"
            choices={ROLES.map((id) => ({ id, name: t(`identity.role.${id}`) }))}
            translateChoice={false}
            validate={required()}
            helperText={false}
          />
          <ReferenceInput source="area_id" reference="areas" sort={{ field: "name", order: "ASC" }}>
            <AutocompleteInput label="admin.people.area" helperText="admin.people.area_help" />
          </ReferenceInput>
        </SimpleFormIterator>
      </ArrayInput>
    </>
  );
}
