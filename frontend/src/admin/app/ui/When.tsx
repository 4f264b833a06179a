import Box from "@mui/material/Box";
import Tooltip from "@mui/material/Tooltip";
import { useLocaleState, useTranslate } from "react-admin";
import { clockTime, daysUntil, fullDate, sayDate, sayLate } from "../dates";

interface Props {
  date: string;
  /** Say the hour too (for things of today and yesterday). */
  withTime?: boolean;
  now?: Date;
}

/** A date as people say it, with the full date on hover and for screen readers. */
export function When({ date, withTime = false, now }: Props) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const near = withTime && Math.abs(daysUntil(date, now)) < 2;
  const said = sayDate(date, t, locale, now);
  const text = near ? t("admin.date.at", { day: said, time: clockTime(date, locale) }) : said;
  return (
    <Tooltip title={fullDate(date, locale)}>
      <time dateTime={date}>{text}</time>
    </Tooltip>
  );
}

interface DueProps {
  date: string | null;
  now?: Date;
  /** Said where there is no deadline. */
  none?: string;
}

/** A deadline: late ones say so in words and carry the warning mark. */
export function Due({ date, now, none = "" }: DueProps) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  if (!date) return <>{none}</>;
  const late = daysUntil(date, now) < 0;
  if (!late) return <When date={date} {...(now ? { now } : {})} />;
  return (
    <Tooltip title={fullDate(date, locale)}>
      <Box
        component="time"
        dateTime={date}
        sx={(theme) => ({ color: theme.palette.tones.danger.textSubtle, fontWeight: 600 })}
      >
        {sayLate(date, t, now)}
      </Box>
    </Tooltip>
  );
}
