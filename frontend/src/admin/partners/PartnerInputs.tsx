import Box from "@mui/material/Box";
import {
  AutocompleteInput,
  NumberInput,
  ReferenceInput,
  required,
  SelectInput,
  TextInput,
  useTranslate,
} from "react-admin";
import { useWatch } from "react-hook-form";
import { fieldRow } from "../app/ui/formCard";
import { PARTNER_KINDS, WITH_DWELLINGS, WITH_NUMBER, WITHOUT_NUMBER } from "./kinds";

/** What one writes about a partner; which fields there are follows from its kind. */
export function PartnerInputs() {
  const t = useTranslate();
  const kind: string = useWatch({ name: "kind" }) ?? "";
  return (
    <>
      <Box sx={fieldRow}>
        <SelectInput
          source="kind"
          label="admin.partner.kind"
          choices={PARTNER_KINDS.map((id) => ({ id, name: t(`partners.kind.${id}`) }))}
          translateChoice={false}
          validate={required()}
        />
        <TextInput source="name" label="admin.partner.name" validate={required()} />
      </Box>
      <Box sx={fieldRow}>
        {!WITHOUT_NUMBER.has(kind) && (
          <TextInput
            source="organisation_number"
            label="admin.partner.number"
            helperText="admin.partner.number_help"
            required={WITH_NUMBER.has(kind)}
            slotProps={{ htmlInput: { inputMode: "numeric", autoComplete: "off" } }}
          />
        )}
        {WITH_DWELLINGS.has(kind) && (
          <NumberInput source="dwellings" label="admin.partner.dwellings" min={1} step={1} />
        )}
      </Box>
      <TextInput source="address" label="admin.partner.address" autoComplete="off" />
      <Box sx={fieldRow}>
        <TextInput source="postal_code" label="admin.partner.postal_code" />
        <TextInput source="city" label="admin.partner.city" />
      </Box>
      <Box sx={fieldRow}>
        <TextInput source="email" label="admin.partner.email" type="email" />
        <TextInput source="phone" label="admin.partner.phone" type="tel" />
      </Box>
      <Box sx={fieldRow}>
        <TextInput
          source="website"
          label="admin.partner.website"
          helperText="admin.partner.website_help"
        />
        <ReferenceInput source="area_id" reference="areas" sort={{ field: "name", order: "ASC" }}>
          <AutocompleteInput label="admin.partner.home_area" />
        </ReferenceInput>
      </Box>
      <TextInput
        source="about"
        label="admin.partner.about"
        multiline
        minRows={3}
        helperText="admin.partner.about_help"
      />
    </>
  );
}
