import type { useTranslate } from "react-admin";
import type { TaskView } from "./types";

/** Whom a task is with, in words: the person and who stands in for them, or the role. */
export function whoHasIt(task: TaskView, t: ReturnType<typeof useTranslate>): string {
  const name = task.assignee?.name ?? task.role_label;
  return task.substitute
    ? t("admin.absence.stands_in", { name, substitute: task.substitute.name })
    : name;
}
