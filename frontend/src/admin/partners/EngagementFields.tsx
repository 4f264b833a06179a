import { useTranslate } from "react-admin";
import { ChoiceField, TextLine } from "../app/ui/Fields";
import { CHANNELS } from "./kinds";

/** How and when somebody was met. */
export function HowAndWhen() {
  const t = useTranslate();
  return (
    <>
      <ChoiceField
        name="channel"
        label={t("admin.act.channel")}
        choices={CHANNELS.map((id) => ({ id, name: t(`partners.channel.${id}`) }))}
        required
      />
      <TextLine name="held_on" label={t("admin.act.held_on")} type="date" required />
    </>
  );
}

export function WhatWasSaid() {
  const t = useTranslate();
  return (
    <TextLine name="summary" label={t("admin.act.what_was_said")} multiline minRows={3} required />
  );
}
