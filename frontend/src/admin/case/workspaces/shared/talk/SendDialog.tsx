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

function Readers({ contacts, texts }: Pick<Props, "contacts" | "texts">) {
  const t = useTranslate();
  const { field, fieldState } = useController<Values, "contact_ids">({ name: "contact_ids" });
  const toggle = (id: string, on: boolean) =>
    field.onChange(on ? [...field.value, id] : field.value.filter((each) => each !== id));
  return (
    <FormControl component="fieldset" error={fieldState.invalid}>
      <FormLabel component="legend">{t(`${texts}.readers`)}</FormLabel>
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
  /** Where it is posted: `<path>/send`. */
  path: string;
  /** Where the words are found: `<texts>.send`, `.send_intro`, `.sent`, `.readers`. */
  texts: string;
  contacts: ReaderChoice[];
  /** Saves what is typed; false when it could not be saved, then nothing is sent. */
  before?: () => Promise<boolean>;
  onClose: () => void;
}

/** Send what the partners are to read, as it reads now, to contact persons of the parties. */
export function SendDialog({ path, texts, contacts, before, onClose }: Props) {
  const t = useTranslate();
  const notify = useNotify();
  return (
    <FormDialog<Values>
      title={t(`${texts}.send`)}
      intro={t(`${texts}.send_intro`)}
      submit={t(`${texts}.send`)}
      initial={{ contact_ids: [], respond_by: usualDay(), note: "" }}
      act={async (values) => {
        if (before && !(await before())) throw new Error(t("admin.workspace.save.refused"));
        await api.post(`${path}/send`, values);
        notify(`${texts}.sent`, { type: "success" });
      }}
      onClose={onClose}
    >
      <Readers contacts={contacts} texts={texts} />
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
