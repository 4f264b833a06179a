import { useEffect, useRef, useState } from "react";

const WRONG = "[aria-invalid=true]";
const UNREADABLE = "[data-unreadable=true]";

/** Leads to the first field on show that is wrong, once the marks are drawn. */
export function useFirstMark() {
  const room = useRef<HTMLDivElement>(null);
  const [asked, ask] = useState(0);
  useEffect(() => {
    if (asked === 0) return;
    const marked = room.current?.querySelectorAll<HTMLElement>(WRONG) ?? [];
    [...marked].find((field) => !field.closest("[hidden]"))?.focus();
  }, [asked]);
  const goToFirst = () => ask((times) => times + 1);
  /** Whether something is typed that could not be read, and so is not part of what is saved. */
  const hasUnreadable = () => Boolean(room.current?.querySelector(UNREADABLE));
  return { room, goToFirst, hasUnreadable };
}
