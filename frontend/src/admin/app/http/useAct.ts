import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useProblemNotice } from "./useProblemNotice";

interface ActOptions<T> {
  /** Called before everything shown is read anew. */
  onDone?: (result: T) => void;
  /** Return true when the problem was shown at its fields. */
  onProblem?: (problem: Error) => boolean;
}

/** Run an act on the API: afterwards everything on the screen is read anew; refusals are told. */
export function useAct<V, T = unknown>(act: (value: V) => Promise<T>, options: ActOptions<T> = {}) {
  const client = useQueryClient();
  const tell = useProblemNotice();
  return useMutation<T, Error, V>({
    mutationFn: act,
    onSuccess: async (result) => {
      options.onDone?.(result);
      await client.invalidateQueries();
    },
    onError: (problem) => {
      if (!options.onProblem?.(problem)) tell(problem);
    },
  });
}
