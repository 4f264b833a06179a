import { lazy } from "react";
import type { ResourceProps } from "react-admin";

/** The clause library. */
export const clauses: ResourceProps = {
  name: "clauses",
  list: lazy(() => import("./ClauseList")),
  show: lazy(() => import("./ClauseShow")),
  recordRepresentation: "title",
};
