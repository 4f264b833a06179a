import { useRef } from "react";
import { useTranslate } from "react-admin";
import { useWatch } from "react-hook-form";
import { api } from "../../../app/http/api";
import { ApiProblem } from "../../../app/http/problem";
import { ChoiceField, TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";
import { PARTNER_KINDS, WITH_NUMBER, WITHOUT_NUMBER } from "../../../partners/kinds";
import type { CaseDetail } from "../../types";

interface Values {
  kind: string;
  name: string;
  organisation_number: string;
  contact_name: string;
  contact_role_title: string;
  contact_email: string;
  contact_phone: string;
}

interface Made {
  id: string;
}

const BLANK: Values = {
  kind: "housing_cooperative",
  name: "",
  organisation_number: "",
  contact_name: "",
  contact_role_title: "",
  contact_email: "",
  contact_phone: "",
};

/** A refusal of the contact person, at the fields that are about them. */
function ofContact(problem: unknown): never {
  if (!(problem instanceof ApiProblem) || !problem.problem.errors) throw problem;
  const errors = problem.problem.errors.map((each) => ({
    ...each,
    pointer: each.pointer.replace(/^\//, "/contact_"),
  }));
  throw new ApiProblem(problem.status, { ...problem.problem, errors });
}

/** Registers partner, contact person and party; what is made already is not made twice. */
function useRegistration(caseId: string) {
  const made = useRef<{ partner?: Made; contact?: Made }>({});
  return async (values: Values): Promise<void> => {
    const number = WITHOUT_NUMBER.has(values.kind) ? "" : values.organisation_number;
    made.current.partner ??= await api.post<Made>("/partners", {
      kind: values.kind,
      name: values.name,
      organisation_number: number || null,
    });
    const partnerId = made.current.partner.id;
    made.current.contact ??= await api
      .post<Made>(`/partners/${partnerId}/contacts`, {
        name: values.contact_name,
        role_title: values.contact_role_title,
        email: values.contact_email,
        phone: values.contact_phone,
        language: "nb",
      })
      .catch(ofContact);
    await api.post(`/cases/${caseId}/parties`, {
      partner_id: partnerId,
      contact_id: made.current.contact.id,
    });
  };
}

function NumberField() {
  const t = useTranslate();
  const kind: string = useWatch({ name: "kind" });
  if (WITHOUT_NUMBER.has(kind)) return null;
  return (
    <TextLine
      name="organisation_number"
      label={t("admin.partner.number")}
      help={t("admin.partner.number_help")}
      required={WITH_NUMBER.has(kind)}
    />
  );
}

/** Register somebody new with who speaks for them, and take them into the case at once. */
export function NewPartyDialog({ found, onClose }: { found: CaseDetail; onClose: () => void }) {
  const t = useTranslate();
  const register = useRegistration(found.id);
  return (
    <FormDialog<Values>
      title={t("admin.partner.new")}
      intro={t("admin.workspace.new_party_intro")}
      submit={t("admin.workspace.register_and_take_in")}
      initial={BLANK}
      act={register}
      onClose={onClose}
    >
      <ChoiceField
        name="kind"
        label={t("admin.partner.kind")}
        choices={PARTNER_KINDS.map((id) => ({ id, name: t(`partners.kind.${id}`) }))}
        required
      />
      <TextLine name="name" label={t("admin.partner.name")} required />
      <NumberField />
      <TextLine name="contact_name" label={t("admin.case.contact")} required />
      <TextLine
        name="contact_role_title"
        label={t("admin.contact.role_title")}
        help={t("admin.contact.role_help")}
      />
      <TextLine
        name="contact_email"
        label={t("admin.partner.email")}
        type="email"
        help={t("admin.contact.email_help")}
      />
      <TextLine name="contact_phone" label={t("admin.partner.phone")} type="tel" />
    </FormDialog>
  );
}
