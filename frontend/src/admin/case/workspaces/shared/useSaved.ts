import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../../app/http/api";
import { ApiProblem } from "../../../app/http/problem";
import { useProblemNotice } from "../../../app/http/useProblemNotice";
import { type Marks, stillWrong } from "./marks";

export type SaveState = "saved" | "changed" | "saving" | "refused" | "conflict";

const PAUSE_MS = 900;

export interface Saved<View, Edit> {
  value: Edit;
  /** The newest answer of the server. */
  view: View;
  change: (value: Edit) => void;
  /** Send what is not sent yet; answers whether everything is safe on the server. */
  save: () => Promise<boolean>;
  state: SaveState;
  /** When it was last sent from here. */
  savedAt: Date | null;
  errors: Marks;
  /** Mark what the server found elsewhere, for example when the task was to be completed. */
  mark: (found: Marks) => void;
  /** After a conflict: take what is on the server, or send one's own over it. */
  takeTheirs: () => Promise<void>;
  keepMine: () => Promise<void>;
}

/**
 * Something one writes on for a while: sent a moment after each change, never two at a time.
 * `read` is what the query holds; what is read anew is shown unless something typed would be lost.
 */
export function useSaved<View extends { version: number }, Edit extends object>(
  path: string,
  read: View,
  editOf: (view: View) => Edit,
): Saved<View, Edit> {
  const client = useQueryClient();
  const tell = useProblemNotice();
  const [view, setView] = useState(read);
  const [value, setValue] = useState(() => editOf(read));
  const [state, setState] = useState<SaveState>("saved");
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [errors, setErrors] = useState<Marks>({});
  const now = useRef({ value, version: read.version, changed: false });
  const flight = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const show = useCallback(
    (answer: View) => {
      now.current = { value: editOf(answer), version: answer.version, changed: false };
      setView(answer);
      setValue(now.current.value);
      setState("saved");
    },
    [editOf],
  );

  const accept = useCallback(
    (answer: View) => {
      now.current.version = answer.version;
      setView(answer);
      setSavedAt(new Date());
      client.setQueryData(["api", path, {}], answer);
    },
    [client, path],
  );

  const refused = useCallback(
    (problem: unknown) => {
      const known = problem instanceof ApiProblem ? problem : null;
      setState(known?.isConflict ? "conflict" : "refused");
      if (known?.problem.errors) setErrors(known.body.errors as Marks);
      else if (!known?.isConflict) tell(problem);
    },
    [tell],
  );

  const send = useCallback(async (): Promise<boolean> => {
    while (now.current.changed) {
      const sent = now.current.value;
      now.current.changed = false;
      setState("saving");
      try {
        accept(await api.put<View>(path, sent, { version: now.current.version }));
      } catch (problem) {
        now.current.changed = true;
        refused(problem);
        return false;
      }
    }
    setState("saved");
    return true;
  }, [accept, path, refused]);

  const save = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    flight.current ??= send().finally(() => {
      flight.current = null;
    });
    return flight.current;
  }, [send]);

  const change = useCallback(
    (next: Edit) => {
      const before = now.current.value;
      now.current.value = next;
      now.current.changed = true;
      setValue(next);
      setErrors((marks) => stillWrong(marks, before, next));
      setState("changed");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE_MS);
    },
    [save],
  );

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (now.current.changed) void save();
    },
    [save],
  );

  useEffect(() => {
    if (now.current.changed || flight.current !== null) return;
    if (read.version > now.current.version) show(read);
    else if (read.version === now.current.version) setView(read);
  }, [read, show]);

  const takeTheirs = useCallback(async () => {
    const answer = await api.get<View>(path);
    client.setQueryData(["api", path, {}], answer);
    setErrors({});
    show(answer);
  }, [client, path, show]);

  const keepMine = useCallback(async () => {
    now.current.version = (await api.get<View>(path)).version;
    await save();
  }, [path, save]);

  return {
    value,
    view,
    change,
    save,
    state,
    savedAt,
    errors,
    mark: setErrors,
    takeTheirs,
    keepMine,
  };
}
