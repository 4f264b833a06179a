import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { useAct } from "../app/http/useAct";
import { Panel } from "../app/ui/Panel";
import { type Act, type Progress, runBatches } from "./batches";
import type { Move, VersionView } from "./types";

function MoveRow({ move }: { move: Move }) {
  const t = useTranslate();
  const lines = move.possible ? move.changes : move.reasons;
  const title =
    move.subject_kind === "case" ? (
      <MuiLink component={Link} to={`/cases/${move.subject_id}/show`}>
        {move.title}
      </MuiLink>
    ) : (
      move.title
    );
  return (
    <Box component="li" sx={{ py: 1, borderTop: 1, borderColor: "divider" }}>
      <Typography variant="body2">
        {title}: {t(move.possible ? "admin.processes.can_move" : "admin.processes.cannot_move")}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {lines.map((line) => (
          <Typography key={line} component="li" variant="caption">
            {line}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}

interface Wanted {
  act: Act;
  dryRun: boolean;
}

/** Running cases and this version: try, move, take back; cases that cannot move say why. */
export function MovesPanel({ version }: { version: VersionView }) {
  const t = useTranslate();
  const [progress, setProgress] = useState<Progress | null>(null);
  const run = useAct(({ act, dryRun }: Wanted) =>
    runBatches(version.hash, act, dryRun, setProgress),
  );
  const tried = run.variables?.dryRun ?? true;
  const begin = (act: Act, dryRun: boolean) => () => {
    setProgress(null);
    run.mutate({ act, dryRun });
  };
  const moved = progress?.moves.filter(({ possible }) => possible).length ?? 0;
  const stayed = (progress?.moves.length ?? 0) - moved;
  const published = version.status !== "draft";
  return (
    <Panel title={t("admin.processes.running_cases")}>
      <Typography variant="body2" sx={{ mb: 1.5 }}>
        {t("admin.processes.move_help")}
      </Typography>
      <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap" }}>
        <Button variant="outlined" disabled={run.isPending} onClick={begin("move", true)}>
          {t("admin.processes.try")}
        </Button>
        <Button
          variant="contained"
          disabled={run.isPending || !published}
          onClick={begin("move", false)}
        >
          {t("admin.processes.move")}
        </Button>
        <Button disabled={run.isPending || !published} onClick={begin("take-back", false)}>
          {t("admin.processes.take_back")}
        </Button>
      </Box>
      {run.isPending && (
        <LinearProgress aria-label={t("admin.processes.running_cases")} sx={{ mt: 2 }} />
      )}
      <Box aria-live="polite" sx={{ mt: 1.5 }}>
        {progress && (
          <Typography variant="body2">
            {t(tried ? "admin.processes.would" : "admin.processes.did", {
              moved,
              stayed,
              left: progress.left,
            })}
          </Typography>
        )}
      </Box>
      <Box component="ul" sx={{ listStyle: "none", m: 0, mt: 1, p: 0 }}>
        {progress?.moves.map((move) => (
          <MoveRow key={move.instance_id} move={move} />
        ))}
      </Box>
    </Panel>
  );
}
