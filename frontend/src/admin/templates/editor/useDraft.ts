import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../app/http/api";
import { ApiProblem } from "../../app/http/problem";
import type { Content, VersionText } from "./types";

const PAUSE_MS = 900;

export type SaveState = "saved" | "waiting" | "saving" | "conflict" | "refused";

function contentOf(version: VersionText): Content {
  const { key: _, version: __, ...manifest } = version.manifest;
  const { bodies, answers, change_note, review_by } = version;
  return { bodies, manifest, answers, change_note, review_by };
}

/** Why a draft was refused: what is wrong with its first wrong part. */
function whyOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return "";
  return error.problem.errors?.[0]?.detail ?? error.message;
}

interface Latest<C> {
  content: C;
  version: number;
  dirty: boolean;
  running: Promise<boolean> | null;
}

/**
 * A draft that saves itself a moment after the last change. Whoever saved first wins: the other
 * one is told, and what was typed stays on the screen. `K` is what the server keeps, `C` what
 * of it is written.
 */
export function useAutosave<K extends { version: number }, C>(
  path: string,
  read: K,
  contentOf: (kept: K) => C,
) {
  const client = useQueryClient();
  const [kept, setKept] = useState(read);
  const [content, setContent] = useState(() => contentOf(read));
  const [state, setState] = useState<SaveState>("saved");
  const [problem, setProblem] = useState("");
  const latest = useRef<Latest<C>>({ content, version: read.version, dirty: false, running: null });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = useCallback(async (): Promise<boolean> => {
    const now = latest.current;
    now.dirty = false;
    setState("saving");
    try {
      const saved = await api.put<K>(path, now.content, { version: now.version });
      now.version = saved.version;
      setKept(saved);
      client.setQueryData(["api", path, {}], saved);
      setProblem("");
      setState(now.dirty ? "waiting" : "saved");
      return true;
    } catch (error) {
      now.dirty = true;
      setProblem(whyOf(error));
      setState(error instanceof ApiProblem && error.isConflict ? "conflict" : "refused");
      return false;
    } finally {
      now.running = null;
    }
  }, [path, client]);

  /** Save what is not saved yet, and tell whether all of it is. */
  const save = useCallback(async (): Promise<boolean> => {
    const now = latest.current;
    clearTimeout(timer.current);
    while (now.running !== null) await now.running;
    if (!now.dirty) return true;
    now.running = send();
    return now.running;
  }, [send]);

  const change = useCallback((part: Partial<C>) => {
    latest.current.content = { ...latest.current.content, ...part };
    latest.current.dirty = true;
    setContent(latest.current.content);
    setState((before) => (before === "conflict" ? before : "waiting"));
  }, []);

  useEffect(() => {
    if (state !== "waiting") return;
    timer.current = setTimeout(() => void save(), PAUSE_MS);
    return () => clearTimeout(timer.current);
  }, [state, save]);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (latest.current.dirty || latest.current.running !== null) event.preventDefault();
    };
    window.addEventListener("beforeunload", leave);
    return () => {
      window.removeEventListener("beforeunload", leave);
      void save().then(() => client.invalidateQueries({ queryKey: ["api", path] }));
    };
  }, [save, client, path]);

  return { path, kept, setKept, content, change, save, state, problem };
}

/** The draft of a template's version. */
export const useDraft = (read: VersionText) =>
  useAutosave(`/templates/${read.template_id}/versions/${read.id}`, read, contentOf);

export type Draft = ReturnType<typeof useDraft>;
