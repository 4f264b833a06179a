import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failed } from "./Failed";
import { Waiting } from "./Waiting";

interface Props<T> {
  query: UseQueryResult<T | null, Error>;
  children: (data: T) => ReactNode;
  /** Shown where there is nothing. */
  empty?: ReactNode;
  lines?: number;
  height?: number;
}

/** What was read, its skeleton while it is read, or why it could not be read. */
export function Loaded<T>({ query, children, empty = null, lines = 4, height = 20 }: Props<T>) {
  if (query.data !== undefined && query.data !== null) return <>{children(query.data)}</>;
  if (query.error) return <Failed problem={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Waiting lines={lines} height={height} />;
  return <>{empty}</>;
}
