import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useLocaleState, useTranslate } from "react-admin";
import { shortDate } from "../../../app/dates";
import { Money } from "../../../app/ui/Money";
import { When } from "../../../app/ui/When";
import { BudgetTable, FundingTable } from "./PlanTables";
import type { ProposalContent, ProposalVersion } from "./types";

const SECTIONS = ["background", "goals", "target_groups", "results", "maintenance"] as const;

function TimePlan({ activities }: Pick<ProposalContent, "activities">) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const day = (date: string | null) => (date ? shortDate(date, locale) : "–");
  if (activities.length === 0) return null;
  return (
    <Box>
      <Typography variant="h3">{t("admin.workspace.activities")}</Typography>
      <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
        {activities.map((activity) => (
          <Typography component="li" variant="body2" key={activity.title + activity.starts_on}>
            {activity.title} ({day(activity.starts_on)} – {day(activity.ends_on)}
            {activity.responsible && `, ${activity.responsible}`})
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

function AppliedFor({ version }: { version: ProposalVersion }) {
  const t = useTranslate();
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 3 }}>
      <Box>
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.decision.applied_for")}
        </Typography>
        <Typography component="div" sx={{ fontSize: "1.375rem", fontWeight: 650 }}>
          <Money ore={version.amount_ore} />
        </Typography>
      </Box>
      <Box>
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.decision.of_total")}
        </Typography>
        <Typography component="div" sx={{ fontSize: "1.375rem" }}>
          <Money ore={version.total_ore} />
        </Typography>
      </Box>
    </Box>
  );
}

/** The proposal as it was sent in, with what is applied for and who pays what. */
export function ProposalSummary({ version }: { version: ProposalVersion }) {
  const t = useTranslate();
  const { content } = version;
  return (
    <Box
      component="article"
      sx={{
        display: "grid",
        gap: 2,
        gridTemplateColumns: "minmax(0, 1fr)",
        p: { xs: 1.5, sm: 2 },
        border: 1,
        borderColor: "divider",
        borderRadius: 1,
      }}
    >
      <Box>
        <Typography variant="h3">{content.title}</Typography>
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.decision.sent_by", { name: version.submitted_by.name })}{" "}
          <When date={version.submitted_at} withTime />
        </Typography>
      </Box>
      <AppliedFor version={version} />
      {version.note && (
        <Typography variant="body2" sx={{ whiteSpace: "pre-line" }}>
          {t("admin.workspace.decision.note")} {version.note}
        </Typography>
      )}
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
      <TimePlan activities={content.activities} />
      <Box
        sx={{
          display: "grid",
          gap: 2.5,
          alignItems: "start",
          gridTemplateColumns: "repeat(auto-fit, minmax(min(340px, 100%), 1fr))",
        }}
      >
        <BudgetTable lines={content.lines} />
        <FundingTable contributions={content.contributions} />
      </Box>
    </Box>
  );
}
