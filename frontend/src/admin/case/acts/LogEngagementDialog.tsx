import { useTranslate } from "react-admin";
import { today } from "../../app/dates";
import { api } from "../../app/http/api";
import { ChoiceField } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import { HowAndWhen, WhatWasSaid } from "../../partners/EngagementFields";
import type { CaseDetail } from "../types";

interface Props {
  found: CaseDetail;
  onClose: () => void;
}

interface Values {
  partner_id: string;
  channel: string;
  held_on: string;
  summary: string;
}

/** Log a meeting, call or visit with one of the parties. */
export function LogEngagementDialog({ found, onClose }: Props) {
  const t = useTranslate();
  const partners = found.parties.map(({ partner }) => partner);
  return (
    <FormDialog<Values>
      title={t("admin.act.log_engagement")}
      submit={t("admin.act.log_engagement_submit")}
      initial={{
        partner_id: partners[0]?.id ?? "",
        channel: "meeting",
        held_on: today(),
        summary: "",
      }}
      act={({ partner_id, ...values }) =>
        api.post(`/partners/${partner_id}/engagements`, {
          ...values,
          case_id: found.id,
          area_id: found.area.id,
        })
      }
      onClose={onClose}
    >
      <ChoiceField name="partner_id" label={t("admin.act.with_whom")} choices={partners} required />
      <HowAndWhen />
      <WhatWasSaid />
    </FormDialog>
  );
}
