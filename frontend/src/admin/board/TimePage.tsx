import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { daysUntil } from "../app/dates";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import type { CaseSummary } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { CaseCard } from "./CaseCard";
import { CaseFilters } from "./CaseFilters";
import { useCaseFilter } from "./useCaseFilter";
import { ViewSwitch } from "./ViewSwitch";

const SPANS = [
  { name: "late", until: -1 },
  { name: "week", until: 7 },
  { name: "fortnight", until: 14 },
  { name: "month", until: 31 },
  { name: "later", until: Number.POSITIVE_INFINITY },
] as const;

type Span = (typeof SPANS)[number]["name"] | "none";

/** Which span of time a case's next deadline falls into. */
export function spanOf(found: CaseSummary, now: Date): Span {
  if (!found.next_due_on) return "none";
  const days = daysUntil(found.next_due_on, now);
  return SPANS.find(({ until }) => days <= until)?.name ?? "later";
}

const NAMES: readonly Span[] = [...SPANS.map(({ name }) => name), "none"];

function SpanPanel({ name, cases }: { name: Span; cases: CaseSummary[] }) {
  const t = useTranslate();
  if (cases.length === 0) return null;
  return (
    <Panel
      title={
        <>
          {t(`admin.time.${name}`)}{" "}
          <Box component="span" sx={{ color: "text.secondary", fontWeight: 500 }}>
            {cases.length}
          </Box>
        </>
      }
    >
      <Box
        component="ul"
        sx={{
          listStyle: "none",
          m: 0,
          p: 0,
          display: "grid",
          gap: 1,
          gridTemplateColumns: "repeat(auto-fill, minmax(min(250px, 100%), 1fr))",
        }}
      >
        {cases.map((found) => (
          <Box component="li" key={found.id}>
            <Typography component="div" sx={{ mb: 0.5 }}>
              <Status texts="cases.stage" state={found.stage} plain />
            </Typography>
            <CaseCard found={found} />
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

/** The same cases by when something is due. */
export default function TimePage() {
  const t = useTranslate();
  const { filter, change, query } = useCaseFilter();
  const cases = useApi<ApiPage<CaseSummary>>(
    "/cases",
    { ...filter, open: true, sort: "next_due", per_page: 200 },
    { keepPrevious: true },
  );
  const now = new Date();
  return (
    <Page title={t("admin.time.title")} actions={<ViewSwitch current="time" query={query} />}>
      <CaseFilters filter={filter} change={change} />
      <Loaded query={cases} lines={6} height={64}>
        {({ items }) => (
          <Box sx={{ display: "grid", gap: 2 }}>
            {items.length === 0 && (
              <Empty title={t("admin.case.none")} hint={t("admin.filter.widen")} />
            )}
            {NAMES.map((name) => (
              <SpanPanel
                key={name}
                name={name}
                cases={items.filter((each) => spanOf(each, now) === name)}
              />
            ))}
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
