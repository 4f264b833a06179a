import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { Loaded } from "../app/ui/Loaded";
import { Panel } from "../app/ui/Panel";
import { Agreements } from "./Agreements";
import type { Carried, ClauseView, Impact, TemplateWithClause } from "./types";

interface TemplateProps {
  held: TemplateWithClause;
  picked: boolean | null;
  onPick: (on: boolean) => void;
}

function TemplateLine({ held, picked, onPick }: TemplateProps) {
  const t = useTranslate();
  const { title, version, number, old_wording } = held;
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        alignItems: "flex-start",
        gap: 1,
        py: 0.75,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      {picked !== null && (
        <Checkbox
          size="small"
          checked={picked}
          onChange={(_, on) => onPick(on)}
          slotProps={{ input: { "aria-label": t("admin.clause.carry_pick", { title }) } }}
          sx={{ p: 0.5, mt: -0.25 }}
        />
      )}
      <Box sx={{ minWidth: 0, flex: 1 }}>
        <MuiLink
          component={Link}
          to={`/templates/${held.template_id}/versions/${version.id}`}
          sx={{ fontWeight: 600 }}
        >
          {title}
        </MuiLink>{" "}
        <Status texts="contract_templates.status" state={version.status} />
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {t("admin.template.version", { number: version.number })} ·{" "}
          {t("admin.clause.holds", { number })}{" "}
          {old_wording && <Chip size="small" label={t("admin.clause.old_wording")} />}
        </Typography>
      </Box>
    </Box>
  );
}

function Outcomes({ carried }: { carried: Carried[] }) {
  const t = useTranslate();
  return (
    <Alert severity="success" sx={{ mt: 1 }}>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {carried.map(({ template_id, title, version_id, number, outcome }) => (
          <li key={version_id}>
            {t(`admin.clause.carried.${outcome}`, { title, number })}{" "}
            <MuiLink
              component={Link}
              to={`/templates/${template_id}/versions/${version_id}`}
              underline="always"
            >
              {t("admin.clause.open_draft")}
            </MuiLink>
          </li>
        ))}
      </Box>
    </Alert>
  );
}

/** Templates in force with an older wording that no draft mends yet. */
function waitingFor(templates: TemplateWithClause[]): string[] {
  const mended = new Set(
    templates
      .filter(({ version, old_wording }) => version.status !== "in_force" && !old_wording)
      .map(({ template_id }) => template_id),
  );
  return templates
    .filter(({ version, old_wording }) => version.status === "in_force" && old_wording)
    .map(({ template_id }) => template_id)
    .filter((id) => !mended.has(id));
}

function Templates({ clause, templates }: { clause: ClauseView; templates: TemplateWithClause[] }) {
  const t = useTranslate();
  const [left, setLeft] = useState<string[]>([]);
  const [carried, setCarried] = useState<Carried[]>([]);
  const open = clause.can.includes("edit") && clause.in_force ? waitingFor(templates) : [];
  const chosen = open.filter((id) => !left.includes(id));
  const carry = useAct(
    () =>
      api.post<Carried[]>(`/clauses/${clause.id}/versions/${clause.in_force?.id}/carry`, {
        template_ids: chosen,
      }),
    { onDone: setCarried },
  );
  if (templates.length === 0) return <Typography>{t("admin.clause.impact_none")}</Typography>;
  return (
    <>
      {open.length > 0 && (
        <Typography variant="body2" sx={{ color: "text.secondary", mb: 0.5 }}>
          {t("admin.clause.carry_hint")}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {templates.map((held) => {
          const { template_id: id, version } = held;
          const offered = version.status === "in_force" && open.includes(id);
          return (
            <TemplateLine
              key={version.id}
              held={held}
              picked={offered ? chosen.includes(id) : null}
              onPick={(on) => setLeft(on ? left.filter((each) => each !== id) : [...left, id])}
            />
          );
        })}
      </Box>
      {open.length > 0 && (
        <Button
          variant="contained"
          sx={{ mt: 1.5 }}
          disabled={chosen.length === 0 || carry.isPending}
          onClick={() => carry.mutate(undefined)}
        >
          {t("admin.clause.carry")}
        </Button>
      )}
      {carried.length > 0 && <Outcomes carried={carried} />}
    </>
  );
}

/** What a change of a clause touches: templates and agreements, with the wording of each. */
export function ImpactPanel({ clause }: { clause: ClauseView }) {
  const t = useTranslate();
  const query = useApi<Impact>(`/clauses/${clause.id}/impact`);
  return (
    <Panel title={t("admin.clause.impact")}>
      <Loaded query={query} lines={6}>
        {(impact) => (
          <Box
            sx={{
              display: "grid",
              gap: 3,
              gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" },
            }}
          >
            <Box>
              <Typography variant="subtitle2" component="h3" sx={{ mb: 0.5 }}>
                {t("admin.clause.impact_templates")}
              </Typography>
              <Templates clause={clause} templates={impact.templates} />
            </Box>
            <Box>
              <Typography variant="subtitle2" component="h3" sx={{ mb: 0.5 }}>
                {t("admin.clause.impact_agreements")}
              </Typography>
              <Agreements key={impact.old.signed} clause={clause} impact={impact} />
            </Box>
          </Box>
        )}
      </Loaded>
    </Panel>
  );
}
