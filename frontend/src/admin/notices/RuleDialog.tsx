import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { ChoiceField } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import { daysBefore, hour, inWords, times } from "./PolicyFacts";
import type { Policy, Rule } from "./types";

type Typed = Record<keyof Policy, string | null>;

const DAYS_BEFORE = [0, 1, 2, 3, 5, 7, 10, 14];
const DAYS_BETWEEN = [1, 2, 3, 4, 5, 7, 14];
const AT_MOST = [0, 1, 2, 3, 4, 5];
const HOURS = [...Array(24).keys()];

const typed = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const number = (value: string | null) => (value ? Number(value) : null);

/** What was chosen, as the API takes it; what is not decided is left out. */
function decided(values: Typed) {
  const { working_days_only, reach } = values;
  return {
    remind_days_before: number(values.remind_days_before),
    days_between: number(values.days_between),
    at_most: number(values.at_most),
    quiet_from: number(values.quiet_from),
    quiet_until: number(values.quiet_until),
    working_days_only: working_days_only ? working_days_only === "true" : null,
    reach: reach || null,
  };
}

/** The choices, with what was decided among them though it is none of the usual ones. */
const among = (usual: number[], own: number | null | undefined) =>
  [...new Set([...usual, ...(typeof own === "number" ? [own] : [])])].sort((a, b) => a - b);

interface Props {
  title: string;
  path: string;
  rule: Rule;
  onClose: () => void;
}

/** Decide some of the policy on one level; the rest is left to the level above. */
export function RuleDialog({ title, path, rule, onClose }: Props) {
  const t = useTranslate();
  const own = rule.decided;
  const none = t("admin.notices.not_decided");
  const choices = (values: number[], say: (value: number) => string) =>
    values.map((value) => ({ id: String(value), name: say(value) }));
  const said = inWords(rule.policy, t);
  const field = (name: keyof Policy, offered: { id: string; name: string }[]) => (
    <ChoiceField
      name={name}
      label={t(`admin.notices.field.${name}`)}
      choices={offered}
      none={none}
      help={
        own[name] == null
          ? t("admin.notices.now", {
              value: said[name],
              source: t(`admin.notices.source.${rule.sources[name]}`),
            })
          : ""
      }
    />
  );
  const words = (names: [string, string][]) =>
    names.map(([id, name]) => ({ id, name: t(`admin.notices.value.${name}`) }));
  return (
    <FormDialog<Typed>
      title={title}
      intro={t("admin.notices.intro")}
      submit={t("admin.notices.save")}
      initial={{
        remind_days_before: typed(own.remind_days_before),
        days_between: typed(own.days_between),
        at_most: typed(own.at_most),
        quiet_from: typed(own.quiet_from),
        quiet_until: typed(own.quiet_until),
        working_days_only: typed(own.working_days_only),
        reach: typed(own.reach),
      }}
      act={(values) => api.put(path, decided(values), { version: rule.version })}
      onClose={onClose}
    >
      {field(
        "at_most",
        choices(among(AT_MOST, own.at_most), (many) => times(many, t)),
      )}
      {field(
        "remind_days_before",
        choices(among(DAYS_BEFORE, own.remind_days_before), (days) => daysBefore(days, t)),
      )}
      {field(
        "days_between",
        choices(among(DAYS_BETWEEN, own.days_between), (days) =>
          t("admin.notices.value.days", { smart_count: days }),
        ),
      )}
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }}>
        {field("quiet_from", choices(HOURS, hour))}
        {field("quiet_until", choices(HOURS, hour))}
      </Box>
      {field(
        "working_days_only",
        words([
          ["true", "working_days"],
          ["false", "all_days"],
        ]),
      )}
      {field(
        "reach",
        words([
          ["email", "email"],
          ["email_and_sms", "email_and_sms"],
        ]),
      )}
    </FormDialog>
  );
}
