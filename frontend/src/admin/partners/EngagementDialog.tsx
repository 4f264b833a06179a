import { useTranslate } from "react-admin";
import { today } from "../app/dates";
import { api } from "../app/http/api";
import { ChoiceField } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import { HowAndWhen, WhatWasSaid } from "./EngagementFields";
import type { PartnerView } from "./types";

interface Values {
  channel: string;
  held_on: string;
  contact_id: string | null;
  summary: string;
}

/** Log a meeting, call or visit with a partner outside any case. */
export function EngagementDialog({
  partner,
  onClose,
}: {
  partner: PartnerView;
  onClose: () => void;
}) {
  const t = useTranslate();
  return (
    <FormDialog<Values>
      title={t("admin.act.log_engagement")}
      submit={t("admin.act.log_engagement_submit")}
      initial={{
        channel: "meeting",
        held_on: today(),
        contact_id: null,
        summary: "",
      }}
      act={(values) =>
        api.post(`/partners/${partner.id}/engagements`, { ...values, area_id: partner.area_id })
      }
      onClose={onClose}
    >
      <HowAndWhen />
      <ChoiceField
        name="contact_id"
        label={t("admin.case.contact")}
        choices={partner.contacts}
        none={t("admin.contact.nobody")}
      />
      <WhatWasSaid />
    </FormDialog>
  );
}
