import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../app/http/api";
import type { TaskDetail } from "../types";

const PAUSE_MS = 1200;

interface Draft {
  save: (answers: Record<string, unknown>) => void;
  /** Forget what waits to be saved: the task is completed. */
  drop: () => void;
  /** When the server last kept what is typed; null where it holds nothing. */
  savedAt: string | null;
}

/** Keep what is typed on the server a moment after the typing stops, and when the page is left. */
export function useDraft(task: Pick<TaskDetail, "id" | "draft_saved_at">): Draft {
  const [savedAt, setSavedAt] = useState(task.draft_saved_at);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const waiting = useRef<Record<string, unknown> | null>(null);

  const send = useCallback(() => {
    const answers = waiting.current;
    waiting.current = null;
    if (!answers) return;
    api
      .put<{ saved_at: string }>(`/tasks/${task.id}/draft`, { answers })
      .then((kept) => setSavedAt(kept.saved_at))
      .catch(() => undefined);
  }, [task.id]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      send();
    },
    [send],
  );

  const save = useCallback(
    (answers: Record<string, unknown>) => {
      waiting.current = answers;
      clearTimeout(timer.current);
      timer.current = setTimeout(send, PAUSE_MS);
    },
    [send],
  );

  const drop = useCallback(() => {
    waiting.current = null;
    clearTimeout(timer.current);
  }, []);

  return { save, drop, savedAt };
}
