import {
  AutocompleteInput,
  ReferenceInput,
  required,
  SelectInput,
  SimpleForm,
  TextInput,
  useTranslate,
} from "react-admin";
import { useWatch } from "react-hook-form";
import { useSearchParams } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { CreatePage } from "../app/ui/CreatePage";
import { SaveBar } from "../app/ui/SaveBar";
import type { PartnerView } from "../partners/types";
import { useInvolvementChoices, useMeasureChoices } from "./areaChoices";

function WhatItAnswers() {
  const areaId: string | null = useWatch({ name: "area_id" }) ?? null;
  const measures = useMeasureChoices(areaId);
  const items = useInvolvementChoices(areaId);
  const help = areaId ? undefined : "admin.case.choose_area_first";
  return (
    <>
      <SelectInput
        source="measure_id"
        label="admin.case.measure"
        choices={measures}
        translateChoice={false}
        disabled={!areaId}
        helperText={help}
      />
      <SelectInput
        source="involvement_item_id"
        label="admin.case.involvement_item"
        choices={items}
        translateChoice={false}
        disabled={!areaId}
        helperText={help}
      />
    </>
  );
}

function ContactChoice() {
  const partnerId: string | null = useWatch({ name: "lead_partner_id" }) ?? null;
  const partner = useApi<PartnerView>(
    `/partners/${partnerId}`,
    {},
    { enabled: partnerId !== null },
  );
  return (
    <SelectInput
      source="contact_id"
      label="admin.case.contact"
      choices={(partner.data?.contacts ?? []).map(({ id, name, role_title }) => ({
        id,
        name: [name, role_title].filter(Boolean).join(", "),
      }))}
      translateChoice={false}
      disabled={!partnerId}
      helperText={partnerId ? undefined : "admin.case.choose_partner_first"}
    />
  );
}

/** Open a case: where, what it answers, with whom, about what. */
export default function CaseCreate() {
  const t = useTranslate();
  const [params] = useSearchParams();
  const lead = params.get("lead_partner_id");
  return (
    <CreatePage title={t("admin.case.new")} lead={t("admin.case.new_lead")}>
      <SimpleForm
        toolbar={<SaveBar label="admin.case.open" />}
        defaultValues={lead ? { lead_partner_id: lead } : {}}
      >
        <ReferenceInput source="area_id" reference="areas" sort={{ field: "name", order: "ASC" }}>
          <SelectInput label="admin.case.area" validate={required()} optionText="name" />
        </ReferenceInput>
        <WhatItAnswers />
        <ReferenceInput
          source="lead_partner_id"
          reference="partners"
          filter={{ status: "active" }}
          sort={{ field: "name", order: "ASC" }}
        >
          <AutocompleteInput
            label="admin.case.lead_partner"
            optionText="name"
            validate={required()}
            filterToQuery={(q: string) => ({ q })}
            helperText="admin.case.lead_partner_help"
          />
        </ReferenceInput>
        <ContactChoice />
        <TextInput
          source="title"
          label="admin.case.title"
          validate={required()}
          helperText="admin.case.title_help"
        />
        <TextInput
          source="summary"
          label="admin.case.summary"
          multiline
          minRows={3}
          helperText="admin.case.summary_help"
        />
      </SimpleForm>
    </CreatePage>
  );
}
