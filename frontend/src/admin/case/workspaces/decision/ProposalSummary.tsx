import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useLocaleState, useTranslate } from "react-admin";
import { shortDate } from "../../../app/dates";
import { useApi } from "../../../app/http/useApi";
import { Loaded } from "../../../app/ui/Loaded";
import { Money } from "../../../app/ui/Money";
import { When } from "../../../app/ui/When";
import { Shares } from "../../side/Shares";
import type { FundingSummary } from "../../types";
import type { ProposalContent, ProposalVersion } from "./types";

const SECTIONS = ["background", "goals", "target_groups", "results", "maintenance"] as const;

function contentOf({ content }: ProposalVersion): ProposalContent {
  return (content.proposal ?? content) as ProposalContent;
}

function Plan({ content }: { content: ProposalContent }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const day = (date: string | null) => (date ? shortDate(date, locale) : "–");
  if (!content.activities?.length) return null;
  return (
    <Box>
      <Typography variant="h3">{t("admin.workspace.activities")}</Typography>
      <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
        {content.activities.map((activity) => (
          <Typography component="li" variant="body2" key={activity.title + activity.starts_on}>
            {activity.title} ({day(activity.starts_on)} – {day(activity.ends_on)}
            {activity.responsible && `, ${activity.responsible}`})
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

/** The proposal as it was sent in, with what is applied for and who pays what. */
export function ProposalSummary({ version, caseId }: { version: ProposalVersion; caseId: string }) {
  const t = useTranslate();
  const content = contentOf(version);
  const plan = useApi<FundingSummary>(
    `/cases/${caseId}/funding-plan`,
    {},
    { missingIsEmpty: true },
  );
  return (
    <Box
      component="article"
      sx={{ display: "grid", gap: 1.5, p: 2, border: 1, borderColor: "divider", borderRadius: 1 }}
    >
      <Box>
        <Typography variant="h3">{content.title}</Typography>
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.decision.sent_by", { name: version.submitted_by.name })}{" "}
          <When date={version.submitted_at} withTime />
        </Typography>
      </Box>
      <Typography sx={{ fontWeight: 600 }}>
        {t("admin.workspace.decision.applied_for")} <Money ore={version.amount_ore} />{" "}
        <Box component="span" sx={{ fontWeight: 400, color: "text.secondary" }}>
          {t("admin.workspace.decision.of_total")} <Money ore={version.total_ore} />
        </Box>
      </Typography>
      {version.note && <Typography variant="body2">{version.note}</Typography>}
      {SECTIONS.filter((name) => content[name]).map((name) => (
        <Box key={name}>
          <Typography variant="caption" component="h4" sx={{ color: "text.secondary" }}>
            {t(`admin.workspace.proposal.${name}`)}
          </Typography>
          <Typography variant="body2" sx={{ whiteSpace: "pre-line", maxWidth: "75ch" }}>
            {content[name]}
          </Typography>
        </Box>
      ))}
      <Plan content={content} />
      <Loaded query={plan}>{(money) => <Shares plan={money} />}</Loaded>
    </Box>
  );
}
