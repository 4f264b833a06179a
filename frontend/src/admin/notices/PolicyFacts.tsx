import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { Policy, Rule } from "./types";

type Say = ReturnType<typeof useTranslate>;

export const hour = (at: number) => `${String(at).padStart(2, "0")}.00`;

export const daysBefore = (days: number, t: Say) =>
  days === 0
    ? t("admin.notices.value.on_the_day")
    : t("admin.notices.value.days_before", { smart_count: days });

export const times = (many: number, t: Say) =>
  many === 0
    ? t("admin.notices.value.never")
    : t("admin.notices.value.times", { smart_count: many });

/** What a policy says, in words, field by field. */
export function inWords(policy: Policy, t: Say): Record<keyof Policy, string> {
  const value = (name: string, options = {}) => t(`admin.notices.value.${name}`, options);
  const first = policy.remind_days_before;
  return {
    at_most: times(policy.at_most, t),
    remind_days_before: first === null ? value("by_table") : daysBefore(first, t),
    days_between: value("days", { smart_count: policy.days_between }),
    quiet_from: hour(policy.quiet_from),
    quiet_until: hour(policy.quiet_until),
    working_days_only: value(policy.working_days_only ? "working_days" : "all_days"),
    reach: value(policy.reach),
  };
}

/** The same in the order people ask, with quiet hours as one. */
function facts(policy: Policy, t: Say): [keyof Policy, string, string][] {
  const said = inWords(policy, t);
  const hours = { from: said.quiet_from, until: said.quiet_until };
  const quiet = said.quiet_from === said.quiet_until ? "no_quiet" : "hours";
  return [
    ["at_most", "at_most", said.at_most],
    ["remind_days_before", "remind_days_before", said.remind_days_before],
    ["days_between", "days_between", said.days_between],
    ["quiet_from", "quiet", t(`admin.notices.value.${quiet}`, hours)],
    ["working_days_only", "working_days_only", said.working_days_only],
    ["reach", "reach", said.reach],
  ];
}

/** The policy that holds, and who decided each part of it. */
export function PolicyFacts({ rule }: { rule: Rule }) {
  const t = useTranslate();
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: "grid",
        gridTemplateColumns: { xs: "1fr", sm: "minmax(140px, auto) 1fr" },
        columnGap: 2,
        rowGap: { xs: 0, sm: 0.75 },
      }}
    >
      {facts(rule.policy, t).map(([name, label, said]) => (
        <Box key={name} sx={{ display: "contents" }}>
          <Typography variant="body2" component="dt" sx={{ color: "text.secondary" }}>
            {t(`admin.notices.field.${label}`)}
          </Typography>
          <Typography variant="body2" component="dd" sx={{ m: 0, mb: { xs: 1, sm: 0 } }}>
            {said}{" "}
            <Box component="span" sx={{ color: "text.secondary" }}>
              ({t(`admin.notices.source.${rule.sources[name]}`)})
            </Box>
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
