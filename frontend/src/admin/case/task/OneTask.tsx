import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback } from "react";
import { useNotify, useTranslate } from "react-admin";
import { useApi } from "../../app/http/useApi";
import type { TaskView } from "../../app/types";
import { Loaded } from "../../app/ui/Loaded";
import { Waiting } from "../../app/ui/Waiting";
import { Due } from "../../app/ui/When";
import { whoHasIt } from "../../app/whoHasIt";
import type { TaskDetail } from "../types";
import { WORKSPACES } from "../workspaces";
import { BeforeSending } from "../workspaces/signatories/authority/BeforeSending";
import { WaitingFor } from "./WaitingFor";

const TaskForm = lazy(() => import("./TaskForm"));

interface Props {
  caseId: string;
  summary: TaskView;
  action: ReactNode;
}

function Work({ caseId, task }: { caseId: string; task: TaskDetail }) {
  const client = useQueryClient();
  const notify = useNotify();
  const onCompleted = useCallback(() => {
    notify("admin.task.completed", { type: "success", messageArgs: { name: task.name } });
    void client.invalidateQueries();
  }, [client, notify, task.name]);
  const Workspace = task.workspace ? WORKSPACES[task.workspace] : undefined;
  return (
    <Suspense fallback={<Waiting lines={6} height={36} />}>
      {Workspace ? (
        <Workspace caseId={caseId} task={task} onCompleted={onCompleted} />
      ) : (
        <TaskForm task={task} caseId={caseId} onCompleted={onCompleted} />
      )}
    </Suspense>
  );
}

/** A task: its name, who is to do it and by when; the work when it is mine, else whom it waits for. */
export function OneTask({ caseId, summary, action }: Props) {
  const t = useTranslate();
  const query = useApi<TaskDetail>(`/tasks/${summary.id}`, {}, { enabled: summary.can_complete });
  return (
    <Box>
      <Box sx={{ display: "flex", gap: 1, alignItems: "flex-start", px: 2, pt: 2 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h2">{summary.name}</Typography>
          <Typography variant="body2" component="div" sx={{ color: "text.secondary" }}>
            {whoHasIt(summary, t)}
            {summary.due_on && summary.status === "open" && (
              <>
                {" · "}
                {t("admin.task.due")} <Due date={summary.due_on} />
              </>
            )}
          </Typography>
        </Box>
        {action}
      </Box>
      <Box sx={{ p: 2 }}>
        {summary.can_complete ? (
          <Loaded query={query} lines={5} height={36}>
            {(task) => <Work caseId={caseId} task={task} />}
          </Loaded>
        ) : (
          <>
            <WaitingFor task={summary} />
            {summary.workspace === "signatories" && <BeforeSending caseId={caseId} />}
          </>
        )}
      </Box>
    </Box>
  );
}
