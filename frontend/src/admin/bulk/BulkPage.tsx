import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link as RouterLink } from "react-router-dom";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import { StartPanel } from "./StartPanel";
import { type BulkTemplate, RUNS, type Run } from "./types";

function RunLine({ run }: { run: Run }) {
  const t = useTranslate();
  return (
    <Box component="li" sx={{ py: 1, px: 2, "& + &": { borderTop: 1, borderColor: "divider" } }}>
      <Link component={RouterLink} to={`${RUNS}/${run.id}`} sx={{ fontWeight: 600 }}>
        {run.template}, {t("admin.bulk.so_far", { done: run.made, total: run.total })}
      </Link>
      <Typography variant="body2" component="div" sx={{ color: "text.secondary" }}>
        {t(`admin.bulk.status.${run.status}`)} · {t("admin.bulk.by", run.started_by)}{" "}
        <When date={run.started_at} withTime />
      </Typography>
    </Box>
  );
}

/** Begin many agreements from one template at once, and see what was begun before. */
export default function BulkPage() {
  const t = useTranslate();
  const templates = useApi<BulkTemplate[]>(`${RUNS}/templates`);
  const runs = useApi<ApiPage<Run>>(RUNS, { per_page: 20 });
  return (
    <Page title={t("admin.bulk.title")} lead={t("admin.bulk.lead")}>
      <Box
        sx={{
          display: "grid",
          gap: 2,
          alignItems: "start",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 3fr) minmax(0, 2fr)" },
        }}
      >
        <Loaded query={templates} lines={8}>
          {(found) => <StartPanel templates={found} />}
        </Loaded>
        <Panel title={t("admin.bulk.runs")} flush>
          <Loaded query={runs}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t("admin.bulk.no_runs")} />
              ) : (
                <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
                  {items.map((run) => (
                    <RunLine key={run.id} run={run} />
                  ))}
                </Box>
              )
            }
          </Loaded>
        </Panel>
      </Box>
    </Page>
  );
}
