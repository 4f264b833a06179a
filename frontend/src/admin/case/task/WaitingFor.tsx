import HourglassEmpty from "@mui/icons-material/HourglassEmptyOutlined";
import PauseCircle from "@mui/icons-material/PauseCircleOutlined";
import Alert from "@mui/material/Alert";
import { useTranslate } from "react-admin";
import type { TaskView } from "../../app/types";
import { whoHasIt } from "../../app/whoHasIt";

/** Somebody else has the ball: who, and that nothing is expected of the reader. */
export function WaitingFor({ task }: { task: TaskView }) {
  const t = useTranslate();
  if (task.status === "resting") {
    return (
      <Alert severity="info" icon={<PauseCircle fontSize="inherit" />}>
        {t("admin.task.resting")}
      </Alert>
    );
  }
  const whom = whoHasIt(task, t);
  const key = task.waiting_for === "partner" ? "admin.task.waits_partner" : "admin.task.waits";
  return (
    <Alert severity="info" icon={<HourglassEmpty fontSize="inherit" />}>
      {t(key, { whom })}
    </Alert>
  );
}
