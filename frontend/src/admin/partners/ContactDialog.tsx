import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { LANGUAGES } from "../app/language";
import { ChoiceField, TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import type { Contact } from "../case/types";

type Values = Pick<Contact, "name" | "role_title" | "email" | "phone" | "language" | "status">;

interface Props {
  partnerId: string;
  contact: Contact | null;
  onClose: () => void;
}

const LANGUAGE_CHOICES = LANGUAGES.map(({ locale, name }) => ({ id: locale, name }));

/** Add a contact person, or change one. */
export function ContactDialog({ partnerId, contact, onClose }: Props) {
  const t = useTranslate();
  const path = `/partners/${partnerId}/contacts`;
  const save = ({ status, ...values }: Values) =>
    contact
      ? api.put(`${path}/${contact.id}`, { ...values, status }, { version: contact.version })
      : api.post(path, values);
  return (
    <FormDialog<Values>
      title={t(contact ? "admin.contact.edit" : "admin.contact.new")}
      submit={t(contact ? "ra.action.save" : "admin.contact.add")}
      initial={{
        name: contact?.name ?? "",
        role_title: contact?.role_title ?? "",
        email: contact?.email ?? "",
        phone: contact?.phone ?? "",
        language: contact?.language ?? "nb",
        status: contact?.status ?? "active",
      }}
      act={save}
      onClose={onClose}
    >
      <TextLine name="name" label={t("admin.contact.name")} required />
      <TextLine
        name="role_title"
        label={t("admin.contact.role_title")}
        help={t("admin.contact.role_help")}
      />
      <TextLine
        name="email"
        label={t("admin.partner.email")}
        type="email"
        help={t("admin.contact.email_help")}
      />
      <TextLine name="phone" label={t("admin.partner.phone")} type="tel" />
      <ChoiceField
        name="language"
        label={t("admin.language")}
        choices={LANGUAGE_CHOICES}
        required
      />
      {contact && (
        <ChoiceField
          name="status"
          label={t("admin.area.status")}
          choices={["active", "ended"].map((id) => ({ id, name: t(`partners.status.${id}`) }))}
          required
        />
      )}
    </FormDialog>
  );
}
