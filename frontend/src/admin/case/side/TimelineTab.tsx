import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useMemo, useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { clockTime, dayOf, shortDate } from "../../app/dates";
import { useApi } from "../../app/http/useApi";
import { Empty } from "../../app/ui/Empty";
import { Loaded } from "../../app/ui/Loaded";
import { When } from "../../app/ui/When";
import type { CaseDetail, TimelineEntry } from "../types";

const groupOf = ({ kind }: TimelineEntry): string => kind.split(":")[0] ?? kind;

const FIRST = 20;

function shownOf(entries: readonly TimelineEntry[], kind: string, all: boolean): TimelineEntry[] {
  const wanted = entries.filter((entry) => !kind || groupOf(entry) === kind);
  return all ? wanted : wanted.slice(0, FIRST);
}

/** Entries by the day they happened, newest day first as they come. */
export function byDay(entries: readonly TimelineEntry[]): [string, TimelineEntry[]][] {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days.values()].map((each) => [each[0]?.at ?? "", each]);
}

function KindFilter({
  kinds,
  chosen,
  choose,
}: {
  kinds: string[];
  chosen: string;
  choose: (kind: string) => void;
}) {
  const t = useTranslate();
  return (
    <Box
      role="group"
      aria-label={t("admin.timeline.filter")}
      sx={{ display: "flex", gap: 0.75, flexWrap: "wrap", mb: 2 }}
    >
      {["", ...kinds].map((kind) => (
        <Chip
          key={kind}
          size="small"
          clickable
          label={t(`admin.timeline.kind.${kind || "all"}`, { _: kind })}
          color={chosen === kind ? "primary" : "default"}
          variant={chosen === kind ? "filled" : "outlined"}
          aria-pressed={chosen === kind}
          onClick={() => choose(kind)}
        />
      ))}
    </Box>
  );
}

function Day({ at, entries }: { at: string; entries: TimelineEntry[] }) {
  const [locale] = useLocaleState();
  return (
    <Box component="li" sx={{ mb: 2 }}>
      <Typography
        variant="caption"
        component="h3"
        sx={{ fontWeight: 650, color: "text.secondary", mb: 0.5 }}
      >
        <When date={at} /> · {shortDate(at, locale)}
      </Typography>
      <Box
        component="ol"
        sx={{ listStyle: "none", m: 0, p: 0, borderLeft: 2, borderColor: "divider" }}
      >
        {entries.map((entry) => (
          <Box
            component="li"
            key={`${entry.at}${entry.sentence}`}
            sx={{
              position: "relative",
              pl: 1.75,
              py: 0.5,
              "&::before": {
                content: '""',
                position: "absolute",
                left: -5,
                top: 13,
                width: 8,
                height: 8,
                borderRadius: "50%",
                backgroundColor: "primary.main",
              },
            }}
          >
            <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>
              {entry.sentence}{" "}
              <Typography
                component="time"
                dateTime={entry.at}
                variant="caption"
                sx={{ color: "text.secondary", whiteSpace: "nowrap" }}
              >
                {clockTime(entry.at, locale)}
              </Typography>
            </Typography>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** What happened in the case, as sentences, newest first. */
export function TimelineTab({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const [kind, setKind] = useState("");
  const [all, setAll] = useState(false);
  const query = useApi<TimelineEntry[]>(`/cases/${found.id}/timeline`);
  const kinds = useMemo(() => [...new Set((query.data ?? []).map(groupOf))], [query.data]);
  return (
    <Loaded query={query} lines={8}>
      {(entries) => (
        <>
          {kinds.length > 1 && <KindFilter kinds={kinds} chosen={kind} choose={setKind} />}
          {entries.length === 0 && <Empty title={t("admin.timeline.empty")} />}
          <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>
            {byDay(shownOf(entries, kind, all)).map(([at, each]) => (
              <Day key={at} at={at} entries={each} />
            ))}
          </Box>
          {!all && shownOf(entries, kind, true).length > FIRST && (
            <Button size="small" onClick={() => setAll(true)}>
              {t("admin.timeline.show_all", { smart_count: shownOf(entries, kind, true).length })}
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}
