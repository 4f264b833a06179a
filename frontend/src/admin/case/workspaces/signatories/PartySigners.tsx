import PersonAdd from "@mui/icons-material/PersonAddAltOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId, useState } from "react";
import { useTranslate } from "react-admin";
import { ContactDialog } from "../../../partners/ContactDialog";
import type { Contact, Party } from "../../types";
import { AuthorityCard } from "./authority/AuthorityCard";
import type { PartyAuthority } from "./authority/types";
import { ON_PAPER, SignerTerms } from "./SignerTerms";
import type { Arranged, PersonOfParty, SignatoriesView } from "./types";

interface PersonProps {
  person: PersonOfParty;
  signs: boolean;
  /** Somebody of this party must be chosen. */
  wanted: boolean;
  error: string | undefined;
  onToggle: (signs: boolean) => void;
  onAddAddress: (() => void) | null;
  terms: ReactNode;
}

function Person({ person, signs, wanted, error, onToggle, onAddAddress, terms }: PersonProps) {
  const t = useTranslate();
  const messageId = useId();
  const { name, role_title, reachable } = person;
  return (
    <Box>
      <FormControlLabel
        control={
          <Checkbox
            checked={signs}
            onChange={(_, chosen) => onToggle(chosen)}
            slotProps={{
              input: { "aria-invalid": wanted || Boolean(error), "aria-describedby": messageId },
            }}
          />
        }
        label={[name, role_title].filter(Boolean).join(", ")}
      />
      <Box id={messageId}>
        {!reachable && (
          <Typography
            variant="body2"
            component="span"
            sx={{ display: "block", pl: 4, color: "text.secondary" }}
          >
            {t("admin.workspace.signing.unreachable")}{" "}
            {onAddAddress && (
              <Button
                size="small"
                aria-label={t("admin.workspace.signing.add_address_named", { name })}
                onClick={onAddAddress}
              >
                {t("admin.workspace.signing.add_address")}
              </Button>
            )}
          </Typography>
        )}
        {error && (
          <Typography variant="body2" sx={{ pl: 4, color: "error.main" }}>
            {error}
          </Typography>
        )}
      </Box>
      {terms}
    </Box>
  );
}

interface Props {
  caseId: string;
  party: SignatoriesView["parties"][number];
  partner: Party | undefined;
  saved: Arranged;
  authority: PartyAuthority | undefined;
  /** Nothing is sent out while it is not settled who may sign. */
  required: boolean;
}

/** Who of a party's contact persons sign for it; a missing one is added in place. */
export function PartySigners(props: Props) {
  const { party, partner, saved, caseId, authority, required } = props;
  const t = useTranslate();
  const [edited, setEdited] = useState<Contact | "new" | null>(null);
  const { value, change, errors } = saved;
  const placeOf = (contactId: string) =>
    value.signatories.findIndex(
      ({ party_id, contact_id }) => party_id === party.id && contact_id === contactId,
    );
  const asked = (contactId: string) => {
    const reachable = party.contacts.find(({ id }) => id === contactId)?.reachable;
    const method = reachable ? null : ON_PAPER;
    return { party_id: party.id, contact_id: contactId, method, order: 1 };
  };
  const toggle = (contactId: string, signs: boolean) => {
    const others = value.signatories.filter((_, index) => index !== placeOf(contactId));
    const added = signs ? [asked(contactId)] : [];
    change({ ...value, signatories: [...others, ...added] });
  };
  const choose = (contactIds: string[]) => {
    const others = value.signatories.filter(({ party_id }) => party_id !== party.id);
    const chosen = contactIds.map(
      (contactId) => value.signatories[placeOf(contactId)] ?? asked(contactId),
    );
    change({ ...value, signatories: [...others, ...chosen] });
  };
  const wanted =
    Boolean(errors.signatories) && value.signatories.every(({ party_id }) => party_id !== party.id);
  const contactOf = (id: string) => partner?.contacts.find((contact) => contact.id === id) ?? null;
  return (
    <Box
      component="fieldset"
      sx={{
        border: 1,
        borderColor: wanted ? "error.main" : "divider",
        borderRadius: 1,
        px: 1.5,
        py: 0.75,
        m: 0,
        minWidth: 0,
      }}
    >
      <Typography component="legend" variant="body2" sx={{ fontWeight: 600, px: 0.5 }}>
        {party.name}
      </Typography>
      {party.contacts.length === 0 && (
        <Typography variant="body2">{t("admin.parties.no_contact")}</Typography>
      )}
      {party.contacts.map((person) => {
        const contact = contactOf(person.id);
        return (
          <Person
            key={person.id}
            person={person}
            wanted={wanted}
            signs={placeOf(person.id) >= 0}
            error={errors[`signatories.${placeOf(person.id)}`]}
            onToggle={(signs) => toggle(person.id, signs)}
            onAddAddress={contact ? () => setEdited(contact) : null}
            terms={
              placeOf(person.id) >= 0 && (
                <SignerTerms
                  caseId={caseId}
                  name={person.name}
                  place={placeOf(person.id)}
                  saved={saved}
                />
              )
            }
          />
        );
      })}
      {partner && (
        <Button
          size="small"
          startIcon={<PersonAdd />}
          aria-label={t("admin.workspace.signing.add_person_named", { name: party.name })}
          onClick={() => setEdited("new")}
        >
          {t("admin.workspace.signing.add_person")}
        </Button>
      )}
      {authority && (
        <AuthorityCard
          caseId={caseId}
          authority={authority}
          required={required}
          contacts={party.contacts}
          onChoose={choose}
        />
      )}
      {partner && edited && (
        <ContactDialog
          partnerId={partner.partner.id}
          contact={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Box>
  );
}
