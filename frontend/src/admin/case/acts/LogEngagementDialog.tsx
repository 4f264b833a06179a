import { useTranslate } from "react-admin";
import { useWatch } from "react-hook-form";
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
  meeting_result: string;
  channel: string;
  held_on: string;
  summary: string;
}

const HOLD_GENERAL_MEETINGS = ["housing_cooperative", "condominium"];

/** Was it the meeting that the case waits for? Asked of those who hold one. */
function GeneralMeeting({ partners }: { partners: readonly { id: string; kind: string }[] }) {
  const t = useTranslate();
  const chosen = useWatch<Values, "partner_id">({ name: "partner_id" });
  const kind = partners.find(({ id }) => id === chosen)?.kind ?? "";
  if (!HOLD_GENERAL_MEETINGS.includes(kind)) return null;
  return (
    <ChoiceField
      name="meeting_result"
      label={t("admin.act.general_meeting")}
      none={t("admin.act.no_general_meeting")}
      choices={["adopted", "rejected"].map((id) => ({ id, name: t(`admin.act.meeting_${id}`) }))}
      help={t("admin.act.general_meeting_help")}
    />
  );
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
        meeting_result: "",
      }}
      act={({ partner_id, meeting_result, ...values }) =>
        api.post(`/partners/${partner_id}/engagements`, {
          ...values,
          meeting_result: meeting_result || null,
          case_id: found.id,
          area_id: found.area.id,
        })
      }
      onClose={onClose}
    >
      <ChoiceField name="partner_id" label={t("admin.act.with_whom")} choices={partners} required />
      <HowAndWhen />
      <GeneralMeeting partners={partners} />
      <WhatWasSaid />
    </FormDialog>
  );
}
