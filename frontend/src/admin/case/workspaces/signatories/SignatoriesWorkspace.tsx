import Alert from "@mui/material/Alert";
import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { Page as ApiPage } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import type { Named } from "../../../app/types";
import { Loaded } from "../../../app/ui/Loaded";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SaveMark } from "../shared/SaveMark";
import { type Saved, useSaved } from "../shared/useSaved";
import type { SignatoriesEdit, SignatoriesView } from "./types";

const editOf = (view: SignatoriesView): SignatoriesEdit => ({
  signatories: view.signatories.map(({ party_id, contact_id }) => ({ party_id, contact_id })),
  countersigner_id: view.countersigner?.id ?? null,
  deadline_on: view.deadline_on,
});

type Arranged = Saved<SignatoriesView, SignatoriesEdit>;

function PartySigners({
  party,
  saved,
}: {
  party: SignatoriesView["parties"][number];
  saved: Arranged;
}) {
  const t = useTranslate();
  const { value, change } = saved;
  const signs = (contactId: string) =>
    value.signatories.some(
      ({ party_id, contact_id }) => party_id === party.id && contact_id === contactId,
    );
  const toggle = (contactId: string, chosen: boolean) => {
    const others = value.signatories.filter(
      ({ party_id, contact_id }) => party_id !== party.id || contact_id !== contactId,
    );
    const added = chosen ? [{ party_id: party.id, contact_id: contactId }] : [];
    change({ ...value, signatories: [...others, ...added] });
  };
  return (
    <Box
      component="fieldset"
      sx={{ border: 1, borderColor: "divider", borderRadius: 1, px: 1.5, py: 0.5, m: 0 }}
    >
      <Typography component="legend" variant="body2" sx={{ fontWeight: 600, px: 0.5 }}>
        {party.name}
      </Typography>
      {party.contacts.length === 0 && (
        <Typography variant="body2">{t("admin.parties.no_contact")}</Typography>
      )}
      {party.contacts.map(({ id, name, role_title, reachable }) => (
        <Box key={id}>
          <FormControlLabel
            control={
              <Checkbox
                checked={signs(id)}
                disabled={!reachable}
                onChange={(_, chosen) => toggle(id, chosen)}
              />
            }
            label={[name, role_title].filter(Boolean).join(", ")}
          />
          {!reachable && (
            <Typography variant="caption" component="span" sx={{ color: "text.secondary" }}>
              {t("admin.workspace.signing.unreachable")}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}

function Countersigner({ saved }: { saved: Arranged }) {
  const t = useTranslate();
  const { value, change, errors } = saved;
  const people =
    useApi<ApiPage<Named>>("/people", { role: "decision_maker", per_page: 200 }).data?.items ?? [];
  return (
    <Autocomplete
      options={people}
      value={people.find(({ id }) => id === value.countersigner_id) ?? null}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, chosen) => change({ ...value, countersigner_id: chosen?.id ?? null })}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t("admin.workspace.signing.countersigner")}
          error={Boolean(errors.countersigner_id)}
          helperText={errors.countersigner_id ?? t("admin.workspace.signing.countersigner_help")}
        />
      )}
    />
  );
}

function Arrange({ view, ...props }: WorkspaceProps & { view: SignatoriesView }) {
  const t = useTranslate();
  const saved = useSaved(`/cases/${props.caseId}/signatories`, view, editOf);
  const general = saved.errors.signatories;
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <SaveMark saved={saved} />
      <Typography variant="h3">{t("admin.workspace.signing.who")}</Typography>
      {general && <Alert severity="error">{general}</Alert>}
      {saved.view.parties.map((party) => (
        <PartySigners key={party.id} party={party} saved={saved} />
      ))}
      <Countersigner saved={saved} />
      <Closing {...props} before={saved.save} />
    </Box>
  );
}

/** Choose who signs for each party, who countersigns, and until when; then send it out. */
export default function SignatoriesWorkspace(props: WorkspaceProps) {
  const query = useApi<SignatoriesView>(`/cases/${props.caseId}/signatories`);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Loaded query={query} lines={5} height={36}>
        {(view) => <Arrange {...props} view={view} />}
      </Loaded>
    </Box>
  );
}
