import { useApi } from "../../../../app/http/useApi";
import type { Authorities } from "./types";

const SOON_MS = 1500;

/** Who may sign for each party; read anew until the registers have answered. */
export function useAuthorities(caseId: string): Authorities | null {
  const { data } = useApi<Authorities>(
    `/cases/${caseId}/authority`,
    {},
    {
      missingIsEmpty: true,
      again: (read) =>
        (read as Authorities | null | undefined)?.parties.some(({ looking_up }) => looking_up)
          ? SOON_MS
          : false,
    },
  );
  return data ?? null;
}
