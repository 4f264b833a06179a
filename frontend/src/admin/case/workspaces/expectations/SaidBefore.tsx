import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import { When } from "../../../app/ui/When";
import type { PartnerView } from "../../../partners/types";
import { ExpectationFacts } from "../../ExpectationFacts";
import type { CaseDetail, Expectation } from "../../types";

const CONTACTS_SHOWN = 3;

function Reference({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={(theme) => ({
        px: 1.75,
        py: 1.25,
        borderRadius: 1,
        backgroundColor: theme.palette.tones.neutral.background,
      })}
    >
      <Typography variant="h3" id={id} sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Latest({ said }: { said: Expectation }) {
  const t = useTranslate();
  return (
    <Reference title={t("admin.workspace.expectations.latest")}>
      <Typography variant="caption" component="div" sx={{ color: "text.secondary", mb: 0.5 }}>
        {[said.recorded_by?.name, t(`cases.way.${said.way}`)].filter(Boolean).join(" · ")} ·{" "}
        <When date={said.recorded_at} />
      </Typography>
      <ExpectationFacts said={said} gap={0.75} />
    </Reference>
  );
}

/** What was agreed last; before anything was, what was said in the case's contacts. */
export function SaidBefore({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const lead = found.parties.find((party) => party.lead);
  const partner = useApi<PartnerView>(
    `/partners/${lead?.partner.id}`,
    {},
    { enabled: Boolean(lead) && !found.expectation },
  );
  if (found.expectation) return <Latest said={found.expectation} />;
  const contacts = (partner.data?.engagements ?? [])
    .filter(({ case_id }) => case_id === found.id)
    .slice(0, CONTACTS_SHOWN);
  if (contacts.length === 0) return null;
  return (
    <Reference title={t("admin.workspace.expectations.contacts")}>
      {contacts.map((contact) => (
        <Box key={contact.id} sx={{ "& + &": { mt: 1 } }}>
          <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
            <When date={contact.held_on} /> · {t(`partners.channel.${contact.channel}`)}
            {contact.contact && ` · ${contact.contact.name}`}
          </Typography>
          <Typography variant="body2" sx={{ whiteSpace: "pre-line", maxWidth: "75ch" }}>
            {contact.summary}
          </Typography>
        </Box>
      ))}
    </Reference>
  );
}
