import { lazy } from "react";
import type { ResourceProps } from "react-admin";

/** Colleagues and their roles. */
export const people: ResourceProps = {
  name: "people",
  list: lazy(() => import("./PeopleList")),
  create: lazy(() => import("./PersonCreate")),
  edit: lazy(() => import("./PersonEdit")),
  recordRepresentation: "name",
};
