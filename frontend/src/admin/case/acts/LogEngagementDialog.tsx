import { useTranslate } from "react-admin";
import { today } from "../../app/dates";
import { api } from "../../app/http/api";
import { ChoiceField, TextLine } from "../../app/ui/Fields";
import { FormDialog } from "../../app/ui/FormDialog";
import { CHANNELS } from "../../partners/kinds";
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
      <ChoiceField
        name="channel"
        label={t("admin.act.channel")}
        choices={CHANNELS.map((id) => ({ id, name: t(`partners.channel.${id}`) }))}
        required
      />
      <TextLine name="held_on" label={t("admin.act.held_on")} type="date" required />
      <TextLine
        name="summary"
        label={t("admin.act.what_was_said")}
        multiline
        minRows={3}
        required
      />
    </FormDialog>
  );
}
