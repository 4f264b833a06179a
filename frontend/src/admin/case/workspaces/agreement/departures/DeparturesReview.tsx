import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { useApi } from "../../../../app/http/useApi";
import { TextLine } from "../../../../app/ui/Fields";
import { Folded } from "../../../../app/ui/Folded";
import { FormDialog } from "../../../../app/ui/FormDialog";
import { Loaded } from "../../../../app/ui/Loaded";
import { DepartureList } from "./DepartureList";
import { type Departure, type DeparturesView, pathOf } from "./types";

interface JudgeProps {
  caseId: string;
  departure: Departure;
  title: string;
}

function Reject({ path, title, onClose }: { path: string; title: string; onClose: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  return (
    <FormDialog<{ reason: string }>
      title={t("admin.workspace.departures.reject_title", { section: title })}
      intro={t("admin.workspace.departures.reject_intro")}
      submit={t("admin.workspace.departures.reject")}
      initial={{ reason: "" }}
      act={async ({ reason }) => {
        await api.post(path, { verdict: "rejected", reason });
        notify("admin.workspace.departures.rejected", { type: "success" });
      }}
      onClose={onClose}
    >
      <TextLine
        name="reason"
        label={t("admin.workspace.departures.reject_reason")}
        multiline
        minRows={3}
        required
      />
    </FormDialog>
  );
}

function Judge({ caseId, departure, title }: JudgeProps) {
  const t = useTranslate();
  const notify = useNotify();
  const [rejecting, setRejecting] = useState(false);
  const path = `/cases/${caseId}/agreement/departures/${departure.id}/judge`;
  const approve = useAct(() => api.post(path, { verdict: "approved" }), {
    onDone: () => notify("admin.workspace.departures.approved", { type: "success" }),
  });
  const said = departure.verdict?.verdict;
  return (
    <>
      {said !== "approved" && !departure.own && (
        <Button
          size="small"
          variant="contained"
          aria-label={t("admin.workspace.departures.approve_named", { section: title })}
          disabled={approve.isPending}
          onClick={() => approve.mutate(undefined)}
        >
          {t("admin.workspace.departures.approve")}
        </Button>
      )}
      {said !== "rejected" && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t("admin.workspace.departures.reject_named", { section: title })}
          onClick={() => setRejecting(true)}
        >
          {t("admin.workspace.departures.reject")}
        </Button>
      )}
      {departure.own && (
        <Typography variant="body2" sx={{ color: "text.secondary", alignSelf: "center" }}>
          {t("admin.workspace.departures.own")}
        </Typography>
      )}
      {rejecting && <Reject path={path} title={title} onClose={() => setRejecting(false)} />}
    </>
  );
}

function Judged({ view, caseId }: { view: DeparturesView; caseId: string }) {
  const t = useTranslate();
  const waiting = view.departures.filter(({ verdict }) => !verdict).length;
  return (
    <Box component="section" sx={{ display: "grid", gap: 1.5 }}>
      <Typography variant="h3">
        {t("admin.workspace.departures.to_read", { smart_count: view.departures.length })}
      </Typography>
      <Alert severity={waiting ? "info" : "success"}>
        {waiting
          ? t("admin.workspace.departures.waiting", { smart_count: waiting })
          : t("admin.workspace.departures.all_judged")}
      </Alert>
      <DepartureList
        view={view}
        acts={(departure, title) =>
          view.may_judge && <Judge caseId={caseId} departure={departure} title={title} />
        }
      />
    </Box>
  );
}

interface Props {
  caseId: string;
  /** The whole text: folded away where only the departures are to be read. */
  children: ReactNode;
}

/** Legal reads just where the text departs from its template, and answers each. */
export function DeparturesReview({ caseId, children }: Props) {
  const t = useTranslate();
  const query = useApi<DeparturesView>(pathOf(caseId));
  return (
    <Loaded query={query} lines={3} height={36}>
      {(view) =>
        view.departures.length === 0 ? (
          children
        ) : (
          <>
            <Judged view={view} caseId={caseId} />
            <Folded title={t("admin.workspace.departures.whole")}>{children}</Folded>
          </>
        )
      }
    </Loaded>
  );
}
