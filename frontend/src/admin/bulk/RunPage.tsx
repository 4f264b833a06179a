import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link as RouterLink, useParams } from "react-router-dom";
import { type Page as ApiPage, api, apiUrl } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { type Item, RUNS, type Run } from "./types";

const LOOK_AGAIN_MS = 1500;
const PER_PAGE = 100;

function Progress({ run }: { run: Run }) {
  const t = useTranslate();
  const done = run.made + run.failed;
  const counts = (["made", "failed", "waiting"] as const).filter((name) => run[name] > 0);
  return (
    <Box>
      <LinearProgress
        variant="determinate"
        value={(100 * done) / Math.max(1, run.total)}
        aria-label={t("admin.bulk.progress")}
        aria-valuetext={t("admin.bulk.so_far", { done, total: run.total })}
        sx={{ height: 10, borderRadius: 1 }}
      />
      <Typography sx={{ mt: 1, fontWeight: 600 }}>
        {t("admin.bulk.so_far", { done, total: run.total })}
        {" · "}
        <span role="status">{t(`admin.bulk.status.${run.status}`)}</span>
      </Typography>
      <Typography variant="body2" sx={{ color: "text.secondary" }}>
        {counts.map((name) => t(`admin.bulk.${name}`, { smart_count: run[name] })).join(", ")}
      </Typography>
    </Box>
  );
}

function Acts({ run }: { run: Run }) {
  const t = useTranslate();
  const path = `${RUNS}/${run.id}`;
  const cancel = useAct(() => api.post(`${path}/cancel`));
  const again = useAct(() => api.post(`${path}/try-again`));
  const running = run.status === "running";
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 2 }}>
      {run.made > 0 && !running && (
        <Button variant="contained" href={apiUrl(`${path}/drafts.zip`)}>
          {t("admin.bulk.download")}
        </Button>
      )}
      {running && (
        <Button variant="outlined" disabled={cancel.isPending} onClick={() => cancel.mutate(null)}>
          {t("admin.bulk.cancel")}
        </Button>
      )}
      {!running && run.made < run.total && (
        <Button variant="outlined" disabled={again.isPending} onClick={() => again.mutate(null)}>
          {t("admin.bulk.try_again")}
        </Button>
      )}
    </Box>
  );
}

function Items({ items }: { items: readonly Item[] }) {
  const t = useTranslate();
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
      {items.map((item) => (
        <Box
          component="li"
          key={item.id}
          sx={{ px: 2, py: 0.75, "& + &": { borderTop: 1, borderColor: "divider" } }}
        >
          <Link component={RouterLink} to={`/cases/${item.case_id}/show`}>
            {item.number} {item.title}
          </Link>
          <Typography variant="body2" component="div" sx={{ color: "text.secondary" }}>
            {item.partner} · {t(`admin.bulk.item.${item.status}`)}
            {item.gaps > 0 && ` · ${t("admin.bulk.gaps", { smart_count: item.gaps })}`}
          </Typography>
          {item.causes.map((cause) => (
            <Typography key={cause} variant="body2">
              {cause}
            </Typography>
          ))}
        </Box>
      ))}
    </Box>
  );
}

interface ListedProps {
  run: Run;
  title: string;
  status?: "failed";
}

function Listed({ run, title, status }: ListedProps) {
  const query = useApi<ApiPage<Item>>(
    `${RUNS}/${run.id}/items`,
    { per_page: PER_PAGE, status, seen: run.made + run.failed },
    { keepPrevious: true },
  );
  return (
    <Panel title={title} flush>
      <Loaded query={query} lines={6}>
        {({ items }) => <Items items={items} />}
      </Loaded>
    </Panel>
  );
}

/** How far many agreements have come; it follows by itself while the work is under way. */
export default function RunPage() {
  const t = useTranslate();
  const { id = "" } = useParams();
  const query = useApi<Run>(
    `${RUNS}/${id}`,
    {},
    { again: (run) => ((run as Run | null)?.status === "running" ? LOOK_AGAIN_MS : false) },
  );
  return (
    <Page title={query.data?.template ?? t("admin.bulk.title")} over={t("admin.bulk.title")} narrow>
      <Loaded query={query}>
        {(run) => (
          <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
            <Panel>
              <Progress run={run} />
              <Acts run={run} />
            </Panel>
            {run.failed > 0 && (
              <Listed run={run} title={t("admin.bulk.failures")} status="failed" />
            )}
            <Listed run={run} title={t("admin.bulk.result")} />
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
