import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNotify } from "react-admin";
import { ConflictNotice } from "../ui/ConflictNotice";
import { ApiProblem } from "./problem";

/** Tell a refusal: a conflict stays until the newest state is fetched, others pass by. */
export function useProblemNotice(): (problem: unknown) => void {
  const notify = useNotify();
  const client = useQueryClient();
  return useCallback(
    (problem: unknown) => {
      if (problem instanceof ApiProblem && problem.isConflict) {
        notify(
          <ConflictNotice
            message={problem.message}
            onReload={() => {
              notify("admin.conflict.fetched", { type: "info" });
              void client.invalidateQueries();
            }}
          />,
          { autoHideDuration: null, type: "warning" },
        );
        return;
      }
      const text = problem instanceof Error && problem.message;
      notify(text || "admin.error.network", { type: "error", messageArgs: { _: text } });
    },
    [client, notify],
  );
}
