import {
  keepPreviousData,
  type QueryClient,
  type UseQueryResult,
  useQuery,
} from "@tanstack/react-query";
import { api, type Params } from "./api";
import { ApiProblem } from "./problem";

interface Options {
  enabled?: boolean;
  /** Answer `undefined` instead of failing when the thing does not exist (yet). */
  missingIsEmpty?: boolean;
  keepPrevious?: boolean;
  /** Read again after so many milliseconds, as long as it says so of what was read. */
  again?: (data: unknown) => number | false;
  /** Another cache than the admin's, which is emptied at every log-out. */
  client?: QueryClient;
}

/** Read one address of the API; the query key is the path itself, so that acts can refresh it. */
export function useApi<T>(
  path: string,
  params?: Params,
  options: Options = {},
): UseQueryResult<T | null, Error> {
  const { enabled = true, missingIsEmpty = false, keepPrevious = false, again, client } = options;
  const query = {
    queryKey: ["api", path, params ?? {}],
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(again
      ? {
          refetchInterval: (read: { state: { data: T | null | undefined } }) =>
            again(read.state.data),
        }
      : {}),
    queryFn: async (): Promise<T | null> => {
      try {
        return await api.get<T>(path, params);
      } catch (problem) {
        if (missingIsEmpty && problem instanceof ApiProblem && problem.status === 404) return null;
        throw problem;
      }
    },
  };
  return useQuery(query, client);
}
