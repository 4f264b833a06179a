import Event from "@mui/icons-material/EventOutlined";
import HowToReg from "@mui/icons-material/HowToRegOutlined";
import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { Status } from "../app/status";
import { Due, When } from "../app/ui/When";
import { StageBar } from "./StageBar";
import type { CaseDetail } from "./types";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
        {label}
      </Typography>
      <Typography variant="body2" component="dd" sx={{ m: 0 }}>
        {children}
      </Typography>
    </Box>
  );
}

function PartyNames({ found }: { found: CaseDetail }) {
  return (
    <>
      {found.parties.map(({ id, partner }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <MuiLink component={Link} to={`/partners/${partner.id}/show`}>
            {partner.name}
          </MuiLink>
        </span>
      ))}
    </>
  );
}

function Ball({ found }: { found: CaseDetail }) {
  return (
    <Box
      sx={(theme) => ({
        display: "flex",
        flexWrap: "wrap",
        columnGap: 2.5,
        rowGap: 0.75,
        alignItems: "center",
        px: 2,
        py: 1.25,
        borderBottom: 1,
        borderColor: "divider",
        backgroundColor: theme.palette.tones[found.overdue ? "danger" : "accent"].background,
      })}
    >
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flex: "1 1 260px" }}>
        <HowToReg aria-hidden fontSize="small" />
        <Typography sx={{ fontWeight: 600 }}>{found.turn}</Typography>
      </Box>
      {found.outcome && <Status texts="cases.outcome" state={found.outcome} />}
      {found.next_due_on && (
        <Box sx={{ display: "flex", gap: 0.75, alignItems: "center" }}>
          <Event aria-hidden fontSize="small" />
          <Typography variant="body2" component="div">
            <Due date={found.next_due_on} />
          </Typography>
        </Box>
      )}
    </Box>
  );
}

/** The facts of the header: who has the ball, the stages, parties, responsible, what it answers. */
export function CaseFacts({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const lead = found.parties.find(({ lead: leads }) => leads);
  return (
    <Card component="section" aria-label={t("admin.case.facts")}>
      <Ball found={found} />
      <StageBar steps={found.stages} />
      <Box
        component="dl"
        sx={{
          m: 0,
          px: 2,
          pb: 1.75,
          display: "grid",
          gap: 1.5,
          gridTemplateColumns: "repeat(auto-fit, minmax(min(165px, 100%), 1fr))",
        }}
      >
        <Fact label={t("admin.case.parties", { smart_count: found.parties.length })}>
          <PartyNames found={found} />
        </Fact>
        {lead?.contact && (
          <Fact label={t("admin.case.contact")}>
            {[lead.contact.name, lead.contact.role_title].filter(Boolean).join(", ")}
          </Fact>
        )}
        <Fact label={t("admin.case.responsible")}>{found.responsible.name}</Fact>
        <Fact label={t("admin.case.area")}>
          <MuiLink component={Link} to={`/areas/${found.area.id}/show`}>
            {found.area.name}
          </MuiLink>
        </Fact>
        {found.measure && (
          <Fact label={t("admin.case.measure")}>
            {found.measure.number}. {found.measure.title}
          </Fact>
        )}
        {found.involvement_item && (
          <Fact label={t("admin.case.involvement_item")}>{found.involvement_item.title}</Fact>
        )}
      </Box>
      {(found.summary || found.outcome_reason || found.reopened) && (
        <Box sx={{ px: 2, pb: 1.75 }}>
          {found.summary && (
            <Typography variant="body2" sx={{ maxWidth: "80ch", whiteSpace: "pre-line" }}>
              {found.summary}
            </Typography>
          )}
          {found.reopened && (
            <Typography variant="body2" component="div" sx={{ mt: 1 }}>
              {t("admin.case.reopened_by", { name: found.reopened.by?.name ?? "" })}{" "}
              <When date={found.reopened.at} />: {found.reopened.reason}
            </Typography>
          )}
          {found.outcome_reason && (
            <Typography variant="body2" sx={{ mt: 1 }}>
              {t("admin.case.outcome_reason", { reason: found.outcome_reason })}
            </Typography>
          )}
        </Box>
      )}
    </Card>
  );
}
