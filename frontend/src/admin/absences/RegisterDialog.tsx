import { useTranslate } from "react-admin";
import type { Identity } from "../app/authProvider";
import { type Page as ApiPage, api } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import { FindField, TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";

interface Typed {
  person_id: string;
  substitute_id: string;
  from_on: string;
  until_on: string;
  reason: string;
}

const FOR_OTHERS = ["admin", "programme_leader"];

/** Say who will be away and who stands in; some may say it for others too. */
export function RegisterDialog({ me, onClose }: { me: Identity; onClose: () => void }) {
  const t = useTranslate();
  const people = useApi<ApiPage<Named>>("/people", { per_page: 200 }).data?.items ?? [];
  const forOthers = me.grants.some(({ role }) => FOR_OTHERS.includes(role));
  return (
    <FormDialog<Typed>
      title={t("admin.absence.register")}
      intro={t("admin.absence.intro")}
      submit={t("admin.absence.submit")}
      initial={{
        person_id: String(me.id),
        substitute_id: "",
        from_on: "",
        until_on: "",
        reason: "",
      }}
      act={({ person_id, ...absence }) => api.post(`/people/${person_id}/absences`, absence)}
      onClose={onClose}
    >
      {forOthers && (
        <FindField name="person_id" label={t("admin.absence.person")} choices={people} required />
      )}
      <FindField
        name="substitute_id"
        label={t("admin.absence.substitute")}
        help={t("admin.absence.substitute_help")}
        choices={people}
        required
      />
      <TextLine name="from_on" type="date" label={t("admin.absence.from_on")} required />
      <TextLine name="until_on" type="date" label={t("admin.absence.until_on")} required />
      <TextLine
        name="reason"
        label={t("admin.absence.reason")}
        help={t("admin.absence.reason_help")}
      />
    </FormDialog>
  );
}
