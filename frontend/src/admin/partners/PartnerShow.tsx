import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";
import { Link, useParams } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { ContactsPanel } from "./ContactsPanel";
import { EngagementsPanel } from "./EngagementsPanel";
import { PartnerCases } from "./PartnerCases";
import type { PartnerView } from "./types";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
        {label}
      </Typography>
      <Typography variant="body2" component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>
        {children}
      </Typography>
    </Box>
  );
}

function Facts({ partner }: { partner: PartnerView }) {
  const t = useTranslate();
  const place = [partner.postal_code, partner.city].filter(Boolean).join(" ");
  return (
    <Panel title={t("admin.partner.facts")}>
      <Box component="dl" sx={{ m: 0, display: "grid", gap: 1.25 }}>
        <Fact label={t("admin.partner.number")}>{partner.organisation_number}</Fact>
        <Fact label={t("admin.partner.dwellings")}>{partner.dwellings}</Fact>
        <Fact label={t("admin.partner.address")}>
          {[partner.address, place].filter(Boolean).join(", ")}
        </Fact>
        <Fact label={t("admin.partner.email")}>
          {partner.email && <MuiLink href={`mailto:${partner.email}`}>{partner.email}</MuiLink>}
        </Fact>
        <Fact label={t("admin.partner.phone")}>
          {partner.phone && <MuiLink href={`tel:${partner.phone}`}>{partner.phone}</MuiLink>}
        </Fact>
        <Fact label={t("admin.partner.website")}>
          {partner.website && (
            <MuiLink href={partner.website} target="_blank" rel="noopener noreferrer">
              {partner.website}
            </MuiLink>
          )}
        </Fact>
        <Fact label={t("admin.partner.home_area")}>{partner.area?.name}</Fact>
        <Fact label={t("admin.partner.about")}>{partner.about}</Fact>
      </Box>
    </Panel>
  );
}

function PartnerContent({ partner }: { partner: PartnerView }) {
  const t = useTranslate();
  const mayEdit = partner.can.includes("edit");
  return (
    <Page
      title={partner.name}
      over={t(`partners.kind.${partner.kind}`)}
      actions={
        <>
          {partner.status !== "active" && <Status texts="partners.status" state={partner.status} />}
          {mayEdit && (
            <Button component={Link} to={`/partners/${partner.id}`} variant="outlined">
              {t("ra.action.edit")}
            </Button>
          )}
        </>
      }
    >
      <Box
        sx={{
          display: "grid",
          gap: 2,
          alignItems: "start",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 1fr) minmax(0, 1.6fr)" },
        }}
      >
        <Box sx={{ display: "grid", gap: 2 }}>
          <Facts partner={partner} />
          <ContactsPanel partner={partner} />
        </Box>
        <Box sx={{ display: "grid", gap: 2 }}>
          <PartnerCases partnerId={partner.id} />
          <EngagementsPanel partner={partner} />
        </Box>
      </Box>
    </Page>
  );
}

/** A partner: who they are, who speaks for them, what we do together, and when we met. */
export default function PartnerShow() {
  const { id = "" } = useParams();
  const query = useApi<PartnerView>(`/partners/${id}`);
  return (
    <Loaded query={query} lines={8} height={36}>
      {(partner) => <PartnerContent key={partner.id} partner={partner} />}
    </Loaded>
  );
}
