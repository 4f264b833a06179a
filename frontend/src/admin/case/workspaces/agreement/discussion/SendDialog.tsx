import Checkbox from "@mui/material/Checkbox";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import { useNotify, useTranslate } from "react-admin";
import { useController } from "react-hook-form";
import { dayOf } from "../../../../app/dates";
import { api } from "../../../../app/http/api";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";
import type { ReaderChoice } from "./types";

const USUAL_DAYS = 10;

interface Values {
  contact_ids: string[];
  respond_by: string;
  note: string;
}

/** Until when people usually answer. */
function usualDay(): string {
  const day = new Date();
  day.setDate(day.getDate() + USUAL_DAYS);
  return dayOf(day);
}

function Readers({ contacts }: { contacts: ReaderChoice[] }) {
  const t = useTranslate();
  const { field, fieldState } = useController<Values, "contact_ids">({ name: "contact_ids" });
  const toggle = (id: string, on: boolean) =>
    field.onChange(on ? [...field.value, id] : field.value.filter((each) => each !== id));
  return (
    <FormControl component="fieldset" error={fieldState.invalid}>
      <FormLabel component="legend">{t("admin.workspace.discussion.readers")}</FormLabel>
      {contacts.map(({ id, name, role_title, party_name, reachable }) => (
        <FormControlLabel
          key={id}
          disabled={!reachable}
          control={
            <Checkbox
              checked={field.value.includes(id)}
              onChange={(_, on) => toggle(id, on)}
              slotProps={{ input: { onBlur: field.onBlur } }}
            />
          }
          label={[name, role_title, party_name].filter(Boolean).join(", ")}
        />
      ))}
      <FormHelperText>{fieldState.error?.message}</FormHelperText>
    </FormControl>
  );
}

interface Props {
  caseId: string;
  contacts: ReaderChoice[];
  onClose: () => void;
}

/** Send the draft as it reads now to contact persons of the parties. */
export function SendDialog({ caseId, contacts, onClose }: Props) {
  const t = useTranslate();
  const notify = useNotify();
  return (
    <FormDialog<Values>
      title={t("admin.workspace.discussion.send")}
      intro={t("admin.workspace.discussion.send_intro")}
      submit={t("admin.workspace.discussion.send")}
      initial={{ contact_ids: [], respond_by: usualDay(), note: "" }}
      act={async (values) => {
        await api.post(`/cases/${caseId}/agreement/discussion/send`, values);
        notify("admin.workspace.discussion.sent", { type: "success" });
      }}
      onClose={onClose}
    >
      <Readers contacts={contacts} />
      <TextLine
        name="respond_by"
        label={t("admin.workspace.discussion.respond_by")}
        type="date"
        required
      />
      <TextLine name="note" label={t("admin.workspace.discussion.word")} multiline minRows={2} />
    </FormDialog>
  );
}
