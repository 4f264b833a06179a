import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router-dom";

const NAMES = ["area_id", "responsible_id", "q", "late"] as const;

export type CaseFilter = Partial<Record<(typeof NAMES)[number], string>>;
export type ChangeFilter = (
  change: Partial<Record<(typeof NAMES)[number], string | undefined>>,
) => void;

/** The filter as it stands in the address, so that it can be shared and kept on the way back. */
export function useCaseFilter(): { filter: CaseFilter; change: ChangeFilter; query: string } {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => {
    const found: CaseFilter = {};
    for (const name of NAMES) {
      const value = params.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [params]);
  const change = useCallback<ChangeFilter>(
    (changes) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return { filter, change, query: new URLSearchParams(filter).toString() };
}
