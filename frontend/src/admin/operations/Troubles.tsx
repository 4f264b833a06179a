import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { Empty } from "../app/ui/Empty";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import { InstanceLink } from "./InstanceLink";
import { Row, Rows, Small } from "./Rows";
import type { FailedJob, Stuck } from "./types";

/** Cases that nothing can move: nobody has a task, and nothing is awaited. */
export function StuckPanel({ stuck }: { stuck: readonly Stuck[] }) {
  const t = useTranslate();
  return (
    <Panel flush title={t("admin.operations.stuck")}>
      {stuck.length === 0 ? (
        <Empty title={t("admin.operations.no_stuck")} hint={t("admin.operations.stuck_hint")} />
      ) : (
        <Rows>
          {stuck.map((one) => (
            <Row key={one.instance_id}>
              <InstanceLink instance={one} />
              <Small>
                {one.process} · {t("admin.operations.stopped")} <When date={one.since} withTime />
              </Small>
            </Row>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function RetryButton({ job }: { job: FailedJob }) {
  const t = useTranslate();
  const retry = useAct(() => api.post(`/operations/failed-jobs/${job.id}/retry`, {}));
  return (
    <Button
      variant="outlined"
      size="small"
      loading={retry.isPending}
      onClick={() => retry.mutate(undefined)}
      aria-label={t("admin.operations.retry_job", { number: job.id })}
    >
      {t("admin.operations.retry")}
    </Button>
  );
}

/** Jobs that were tried as often as they may, and given up. */
export function FailedJobsPanel({
  jobs,
  canRetry,
}: {
  jobs: readonly FailedJob[];
  canRetry: boolean;
}) {
  const t = useTranslate();
  return (
    <Panel flush title={t("admin.operations.failed")}>
      {jobs.length === 0 ? (
        <Empty title={t("admin.operations.no_failed")} hint={t("admin.operations.failed_hint")} />
      ) : (
        <Rows>
          {jobs.map((job) => (
            <Row key={job.id} action={canRetry && <RetryButton job={job} />}>
              {job.subject ? (
                <InstanceLink instance={job.subject} />
              ) : (
                t("admin.operations.job", { number: job.id })
              )}
              <Small>
                <Box component="span" sx={{ fontFamily: "monospace" }}>
                  {job.name}
                </Box>{" "}
                · {t("admin.operations.attempts", { smart_count: job.attempts })} ·{" "}
                <When date={job.failed_at} withTime />
              </Small>
            </Row>
          ))}
        </Rows>
      )}
    </Panel>
  );
}
