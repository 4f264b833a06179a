import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { type Page as ApiPage, api } from "../../../app/http/api";
import { ApiProblem } from "../../../app/http/problem";
import { useAct } from "../../../app/http/useAct";
import { useApi } from "../../../app/http/useApi";
import { useDelayed } from "../../../app/useDelayed";
import type { PartnerSummary, PartnerView } from "../../../partners/types";
import type { CaseDetail } from "../../types";
import { NewPartyDialog } from "./NewPartyDialog";

const TYPING_MS = 200;

/** Active partners that match and are not in the case; while the answer is on its way, only those seen to match. */
function usePartnerChoices(typed: string, found: CaseDetail): PartnerSummary[] {
  const q = useDelayed(typed, TYPING_MS);
  const partners = useApi<ApiPage<PartnerSummary>>(
    "/partners",
    { q, status: "active", per_page: 25, sort: "name" },
    { keepPrevious: true },
  );
  const taken = new Set(found.parties.map(({ partner }) => partner.id));
  const settled = q === typed && !partners.isPlaceholderData;
  const matches = (name: string) => settled || name.toLowerCase().includes(typed.toLowerCase());
  return (partners.data?.items ?? []).filter(({ id, name }) => !taken.has(id) && matches(name));
}

function ContactChoice({
  partnerId,
  value,
  onChange,
}: {
  partnerId: string;
  value: string;
  onChange: (id: string) => void;
}) {
  const t = useTranslate();
  const partner = useApi<PartnerView>(`/partners/${partnerId}`);
  const contacts = (partner.data?.contacts ?? []).filter(({ status }) => status === "active");
  return (
    <TextField
      select
      label={t("admin.case.contact")}
      value={contacts.some(({ id }) => id === value) ? value : ""}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">{t("admin.contact.nobody")}</MenuItem>
      {contacts.map(({ id, name, role_title }) => (
        <MenuItem key={id} value={id}>
          {[name, role_title].filter(Boolean).join(", ")}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** Take another partner into the case. */
export function AddParty({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const [typed, setTyped] = useState("");
  const [partner, setPartner] = useState<PartnerSummary | null>(null);
  const [contactId, setContactId] = useState("");
  const [refusal, setRefusal] = useState("");
  const [registering, setRegistering] = useState(false);
  const choices = usePartnerChoices(typed, found);
  const add = useAct(
    (chosen: PartnerSummary) =>
      api.post(`/cases/${found.id}/parties`, {
        partner_id: chosen.id,
        contact_id: contactId || null,
      }),
    {
      onDone: () => {
        setPartner(null);
        setContactId("");
        setTyped("");
      },
      onProblem: (problem) => {
        if (!(problem instanceof ApiProblem) || problem.status !== 422) return false;
        setRefusal(problem.problem.errors?.[0]?.detail ?? problem.message);
        return true;
      },
    },
  );
  return (
    <Box
      component="section"
      aria-label={t("admin.workspace.add_party")}
      sx={{ display: "grid", gap: 1.5 }}
    >
      <Typography variant="h3">{t("admin.workspace.add_party")}</Typography>
      <Box
        sx={{
          display: "grid",
          gap: 1.5,
          gridTemplateColumns: { sm: partner ? "1fr 1fr auto" : "1fr" },
          alignItems: "start",
        }}
      >
        <Autocomplete
          options={choices}
          value={partner}
          inputValue={typed}
          getOptionLabel={({ name }) => name}
          getOptionKey={({ id }) => id}
          isOptionEqualToValue={(one, other) => one.id === other.id}
          filterOptions={(all) => all}
          noOptionsText={t("admin.partner.none")}
          onInputChange={(_, text) => setTyped(text)}
          onChange={(_, chosen) => {
            setPartner(chosen);
            setContactId("");
            setRefusal("");
          }}
          renderInput={(params) => (
            <TextField
              {...params}
              label={t("admin.workspace.partner")}
              error={refusal !== ""}
              helperText={refusal}
            />
          )}
        />
        {partner && (
          <ContactChoice partnerId={partner.id} value={contactId} onChange={setContactId} />
        )}
        {partner && (
          <Button variant="outlined" disabled={add.isPending} onClick={() => add.mutate(partner)}>
            {t("admin.workspace.take_in")}
          </Button>
        )}
      </Box>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
        <Typography variant="body2">{t("admin.workspace.not_registered")}</Typography>
        <Button size="small" variant="outlined" onClick={() => setRegistering(true)}>
          {t("admin.workspace.register_partner")}
        </Button>
      </Box>
      {registering && <NewPartyDialog found={found} onClose={() => setRegistering(false)} />}
    </Box>
  );
}
