import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { Link, useNavigate } from "react-router-dom";
import { daysUntil, fullDate } from "../app/dates";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { Status } from "../app/status";
import { FormDialog } from "../app/ui/FormDialog";
import { Panel } from "../app/ui/Panel";
import { ReviewDialog } from "./ReviewDialog";
import type { TemplateVersion, TemplateView } from "./types";

interface Props {
  template: TemplateView;
  underReview: boolean;
}

/** By when a text in force is to be read again; said in words when the day is past. */
function ReviewBy({ day }: { day: string }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const key = daysUntil(day) < 0 ? "review_late" : "review_due";
  return (
    <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
      {t(`admin.editor.${key}`, { date: fullDate(day, locale) })}
    </Typography>
  );
}

function Facts({ version }: { version: TemplateVersion }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const { in_force_from: from, review_by: day, change_note: note, status } = version;
  const since = status === "approved" ? "admin.editor.approved_from" : "admin.template.since";
  return (
    <>
      {from && (
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
          {t(since, { date: fullDate(from, locale) })}
        </Typography>
      )}
      {day && status !== "retired" && <ReviewBy day={day} />}
      {note && (
        <Typography variant="body2" sx={{ whiteSpace: "pre-wrap" }}>
          {note}
        </Typography>
      )}
    </>
  );
}

function Version({ template, version, underReview }: Props & { version: TemplateVersion }) {
  const t = useTranslate();
  const text = `/templates/${template.id}/versions/${version.id}`;
  const edits = template.can.includes("edit");
  const isDraft = version.status === "draft";
  const [discarding, setDiscarding] = useState(false);
  const propose = useAct(() => api.post(`${text}/propose`));
  const discard = async () => {
    const now = await api.get<{ version: number }>(text);
    await api.post(`${text}/discard`, undefined, { version: now.version });
  };
  return (
    <Box component="li">
      <Box sx={{ display: "flex", gap: 1, alignItems: "center" }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {t("admin.template.version", { number: version.number })}
        </Typography>
        <Status texts="contract_templates.status" state={version.status} />
      </Box>
      <Facts version={version} />
      <Box sx={{ display: "flex", gap: 1, mt: 0.5, flexWrap: "wrap" }}>
        <Button size="small" component={Link} to={text}>
          {t(edits && isDraft ? "admin.editor.write" : "admin.editor.open")}
        </Button>
        {edits && isDraft && !underReview && (
          <Button
            size="small"
            variant="outlined"
            disabled={propose.isPending}
            onClick={() => propose.mutate(undefined)}
          >
            {t("admin.template.propose")}
          </Button>
        )}
        {edits && isDraft && version.origin === "municipality" && (
          <Button size="small" color="error" onClick={() => setDiscarding(true)}>
            {t("admin.editor.discard")}
          </Button>
        )}
      </Box>
      {discarding && (
        <FormDialog
          danger
          title={t("admin.editor.discard")}
          intro={t("admin.editor.discard_sure")}
          submit={t("admin.editor.discard")}
          initial={{}}
          act={discard}
          onClose={() => setDiscarding(false)}
        >
          {null}
        </FormDialog>
      )}
    </Box>
  );
}

type Asked = "retire" | "review_set" | null;

/** The versions of a template, the newest first, and the way to the next one. */
export function Versions({ template, underReview }: Props) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked>(null);
  const edits = template.can.includes("edit");
  const begin = useAct(() => api.post<{ id: string }>(`/templates/${template.id}/drafts`, {}), {
    onDone: ({ id }) => navigate(`/templates/${template.id}/versions/${id}`),
  });
  const writing = template.versions.some(({ status }) => ["draft", "in_review"].includes(status));
  const close = () => setAsked(null);
  const current = template.in_force;
  return (
    <Panel title={t("admin.template.versions")}>
      {edits && !writing && (
        <Button
          variant="contained"
          sx={{ mb: 2 }}
          disabled={begin.isPending}
          onClick={() => begin.mutate(undefined)}
        >
          {t("admin.editor.begin")}
        </Button>
      )}
      <Box
        component="ol"
        reversed
        sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.5 }}
      >
        {template.versions.toReversed().map((version) => (
          <Version
            key={version.id}
            template={template}
            version={version}
            underReview={underReview}
          />
        ))}
      </Box>
      {edits && current && (
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", mt: 2 }}>
          <Button size="small" onClick={() => setAsked("review_set")}>
            {t("admin.editor.review_set")}
          </Button>
          <Button size="small" color="error" onClick={() => setAsked("retire")}>
            {t("admin.editor.retire")}
          </Button>
        </Box>
      )}
      {asked === "retire" && (
        <FormDialog
          danger
          title={t("admin.editor.retire")}
          intro={t("admin.editor.retire_sure")}
          submit={t("admin.editor.retire")}
          initial={{}}
          act={() => api.post(`/templates/${template.id}/retire`)}
          onClose={close}
        >
          {null}
        </FormDialog>
      )}
      {asked === "review_set" && current && (
        <ReviewDialog template={template} version={current} onClose={close} />
      )}
    </Panel>
  );
}
