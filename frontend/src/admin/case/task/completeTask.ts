import { api } from "../../app/http/api";
import type { TaskView } from "../../app/types";

export interface Completion {
  completed: TaskView;
  next: TaskView[];
}

/** Complete a task with its answers; refused with 409 when somebody else did. */
export const completeTask = (
  task: Pick<TaskView, "id" | "version">,
  answers: Record<string, unknown>,
): Promise<Completion> =>
  api.post<Completion>(`/tasks/${task.id}/complete`, { answers }, { version: task.version });
