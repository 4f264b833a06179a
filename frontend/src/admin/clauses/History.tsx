import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useLocaleState, useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { fullDate } from "../app/dates";
import { Status } from "../app/status";
import { Panel } from "../app/ui/Panel";
import type { ClauseVersion, ClauseView } from "./types";

function Entry({ clause, version }: { clause: ClauseView; version: ClauseVersion }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const { number, status, in_force_from: from, approved_by: approver, change_note } = version;
  const since = status === "approved" ? "admin.editor.approved_from" : "admin.template.since";
  return (
    <Box component="li">
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {t("admin.template.version", { number })}
        </Typography>
        <Status texts="contract_templates.status" state={status} />
      </Box>
      <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
        {[
          from && t(since, { date: fullDate(from.slice(0, 10), locale) }),
          approver && t("admin.clause.approved_by", { name: approver }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </Typography>
      {change_note && (
        <Typography variant="body2" sx={{ whiteSpace: "pre-wrap" }}>
          {change_note}
        </Typography>
      )}
      <Button
        size="small"
        component={Link}
        to={`/clauses/${clause.id}/versions/${version.id}`}
        aria-label={`${t("admin.clause.open")}: ${t("admin.template.version", { number })}`}
        sx={{ ml: -0.75 }}
      >
        {t("admin.clause.open")}
      </Button>
    </Box>
  );
}

/** The versions of a clause, the newest first. */
export function History({ clause }: { clause: ClauseView }) {
  const t = useTranslate();
  return (
    <Panel title={t("admin.clause.history")}>
      <Box
        component="ol"
        reversed
        sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.5 }}
      >
        {clause.versions.toReversed().map((version) => (
          <Entry key={version.id} clause={clause} version={version} />
        ))}
      </Box>
    </Panel>
  );
}
