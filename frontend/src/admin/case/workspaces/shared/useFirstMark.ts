import { useEffect, useRef } from "react";

/** Leads to the first field that is marked as wrong, once the marks are drawn. */
export function useFirstMark() {
  const room = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    room.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  });
  const goToFirst = () => {
    wanted.current = true;
  };
  return { room, goToFirst };
}
