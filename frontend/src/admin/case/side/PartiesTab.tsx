import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { ExpectationFacts } from "../ExpectationFacts";
import type { CaseDetail, Contact, Party } from "../types";
import { ReadingsPanel } from "../workspaces/proposal/readings/ReadingsPanel";

function ContactLine({ contact, main }: { contact: Contact; main: boolean }) {
  return (
    <Box component="li" sx={{ py: 0.5 }}>
      <Typography variant="body2" component="div">
        <Box component="span" sx={{ fontWeight: main ? 600 : 400 }}>
          {contact.name}
        </Box>
        {contact.role_title && `, ${contact.role_title}`}
      </Typography>
      <Typography
        variant="caption"
        component="div"
        sx={{ display: "flex", flexWrap: "wrap", columnGap: 1.5 }}
      >
        {contact.email && <MuiLink href={`mailto:${contact.email}`}>{contact.email}</MuiLink>}
        {contact.phone && <MuiLink href={`tel:${contact.phone}`}>{contact.phone}</MuiLink>}
      </Typography>
    </Box>
  );
}

function OneParty({ party }: { party: Party }) {
  const t = useTranslate();
  return (
    <Box component="li" sx={{ "& + &": { mt: 2, pt: 2, borderTop: 1, borderColor: "divider" } }}>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <MuiLink
          component={Link}
          to={`/partners/${party.partner.id}/show`}
          sx={{ fontWeight: 600 }}
        >
          {party.partner.name}
        </MuiLink>
        {party.lead && <Chip size="small" label={t("admin.parties.lead")} />}
      </Box>
      <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
        {t(`partners.kind.${party.partner.kind}`)}
        {party.organisation_number &&
          ` · ${t("admin.partner.number_short")} ${party.organisation_number}`}
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, mt: 0.5, p: 0 }}>
        {party.contacts.map((contact) => (
          <ContactLine key={contact.id} contact={contact} main={contact.id === party.contact?.id} />
        ))}
      </Box>
      {party.contacts.length === 0 && (
        <Typography variant="body2">{t("admin.parties.no_contact")}</Typography>
      )}
    </Box>
  );
}

function Expectations({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const said = found.expectation;
  if (!said) return null;
  return (
    <Box component="section" sx={{ mt: 2.5, pt: 2, borderTop: 1, borderColor: "divider" }}>
      <Typography variant="h3" component="h3" sx={{ mb: 1 }}>
        {t("admin.parties.expectations")}
      </Typography>
      <ExpectationFacts said={said} gap={1.25} />
    </Box>
  );
}

/** Who takes part, who speaks for them, and what they expect of each other. */
export function PartiesTab({ found }: { found: CaseDetail }) {
  return (
    <>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {found.parties.map((party) => (
          <OneParty key={party.id} party={party} />
        ))}
      </Box>
      <Expectations found={found} />
      {found.stage !== "proposal" && <ReadingsPanel caseId={found.id} quiet />}
    </>
  );
}
