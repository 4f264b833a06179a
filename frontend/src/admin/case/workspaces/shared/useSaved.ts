import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../../app/http/api";
import { ApiProblem } from "../../../app/http/problem";
import { useProblemNotice } from "../../../app/http/useProblemNotice";

export type SaveState = "saved" | "changed" | "saving" | "refused" | "conflict";

const PAUSE_MS = 900;

export interface Saved<View, Edit> {
  value: Edit;
  /** The newest answer of the server. */
  view: View;
  change: (value: Edit) => void;
  /** Send what is not sent yet; fails when the server refuses it. */
  save: () => Promise<void>;
  state: SaveState;
  errors: Record<string, string>;
  /** After a conflict: take what is on the server, or send one's own over it. */
  takeTheirs: () => Promise<void>;
  keepMine: () => Promise<void>;
}

/** Something one writes on for a while: sent a moment after each change, never two at a time. */
export function useSaved<View extends { version: number }, Edit>(
  path: string,
  initial: View,
  editOf: (view: View) => Edit,
): Saved<View, Edit> {
  const client = useQueryClient();
  const tell = useProblemNotice();
  const [view, setView] = useState(initial);
  const [value, setValue] = useState(() => editOf(initial));
  const [state, setState] = useState<SaveState>("saved");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const now = useRef({ value, version: initial.version, changed: false });
  const flight = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const accept = useCallback(
    (answer: View) => {
      now.current.version = answer.version;
      setView(answer);
      client.setQueryData(["api", path, {}], answer);
    },
    [client, path],
  );

  const refused = useCallback(
    (problem: unknown) => {
      const known = problem instanceof ApiProblem ? problem : null;
      setState(known?.isConflict ? "conflict" : "refused");
      if (known?.problem.errors) setErrors(known.body.errors as Record<string, string>);
      else if (!known?.isConflict) tell(problem);
    },
    [tell],
  );

  const send = useCallback(async (): Promise<void> => {
    while (now.current.changed) {
      const sent = now.current.value;
      now.current.changed = false;
      setState("saving");
      try {
        accept(await api.put<View>(path, sent, { version: now.current.version }));
        setErrors({});
      } catch (problem) {
        now.current.changed = true;
        refused(problem);
        throw problem;
      }
    }
    setState("saved");
  }, [accept, path, refused]);

  const save = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    flight.current ??= send().finally(() => {
      flight.current = null;
    });
    return flight.current;
  }, [send]);

  const change = useCallback(
    (next: Edit) => {
      now.current.value = next;
      now.current.changed = true;
      setValue(next);
      setState("changed");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save().catch(() => undefined), PAUSE_MS);
    },
    [save],
  );

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (now.current.changed) void save().catch(() => undefined);
    },
    [save],
  );

  const takeTheirs = useCallback(async () => {
    const answer = await api.get<View>(path);
    accept(answer);
    now.current.value = editOf(answer);
    now.current.changed = false;
    setValue(now.current.value);
    setState("saved");
  }, [accept, editOf, path]);

  const keepMine = useCallback(async () => {
    now.current.version = (await api.get<View>(path)).version;
    await save().catch(() => undefined);
  }, [path, save]);

  return { value, view, change, save, state, errors, takeTheirs, keepMine };
}
