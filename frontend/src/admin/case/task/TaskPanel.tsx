import CloseFullscreen from "@mui/icons-material/CloseFullscreen";
import OpenInFull from "@mui/icons-material/OpenInFull";
import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import IconButton from "@mui/material/IconButton";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import Tooltip from "@mui/material/Tooltip";
import { useTranslate } from "react-admin";
import { useSearchParams } from "react-router-dom";
import type { TaskView } from "../../app/types";
import type { CaseDetail } from "../types";
import { NoTask } from "./NoTask";
import { OneTask } from "./OneTask";

interface Props {
  found: CaseDetail;
  wide: boolean;
  onWide: (wide: boolean) => void;
}

/** The task the address names, else the first one that is mine to do, else the first. */
export function presentTask(tasks: readonly TaskView[], wanted: string | null): TaskView | null {
  return (
    tasks.find(({ id }) => id === wanted) ??
    tasks.find(({ can_complete }) => can_complete) ??
    tasks[0] ??
    null
  );
}

function TaskTabs({ tasks, current }: { tasks: readonly TaskView[]; current: TaskView }) {
  const t = useTranslate();
  const [, setParams] = useSearchParams();
  if (tasks.length < 2) return null;
  return (
    <Tabs
      value={current.id}
      variant="scrollable"
      aria-label={t("admin.task.several")}
      onChange={(_, id: string) => setParams({ task: id }, { replace: true })}
      sx={{ px: 1, borderBottom: 1, borderColor: "divider" }}
    >
      {tasks.map((task) => (
        <Tab key={task.id} value={task.id} label={task.name} />
      ))}
    </Tabs>
  );
}

function WideSwitch({ wide, onWide }: Pick<Props, "wide" | "onWide">) {
  const t = useTranslate();
  const label = t(wide ? "admin.task.narrow" : "admin.task.wide");
  return (
    <Tooltip title={label}>
      <IconButton
        size="small"
        aria-label={label}
        onClick={() => onWide(!wide)}
        sx={{ display: { xs: "none", lg: "inline-flex" } }}
      >
        {wide ? <CloseFullscreen fontSize="small" /> : <OpenInFull fontSize="small" />}
      </IconButton>
    </Tooltip>
  );
}

/** The present task of the case: what is to be done now, and the form or workspace to do it in. */
export function TaskPanel({ found, wide, onWide }: Props) {
  const t = useTranslate();
  const [params] = useSearchParams();
  const task = presentTask(found.tasks, params.get("task"));
  return (
    <Card component="section" aria-label={t("admin.task.present")}>
      {task ? (
        <Box>
          <TaskTabs tasks={found.tasks} current={task} />
          <OneTask
            key={task.id}
            caseId={found.id}
            summary={task}
            action={task.can_complete && <WideSwitch wide={wide} onWide={onWide} />}
          />
        </Box>
      ) : (
        <NoTask found={found} />
      )}
    </Card>
  );
}
