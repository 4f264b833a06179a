import { lazy } from "react";
import type { ResourceProps } from "react-admin";

/** Cooperation cases: list, opening one, and the page of one. */
export const cases: ResourceProps = {
  name: "cases",
  list: lazy(() => import("./CaseList")),
  create: lazy(() => import("./CaseCreate")),
  show: lazy(() => import("../case/CasePage")),
  recordRepresentation: "title",
};
