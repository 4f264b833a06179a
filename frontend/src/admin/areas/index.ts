import { lazy } from "react";
import type { ResourceProps } from "react-admin";

/** Areas with their action plans. */
export const areas: ResourceProps = {
  name: "areas",
  list: lazy(() => import("./AreaList")),
  show: lazy(() => import("./AreaShow")),
  edit: lazy(() => import("./AreaEdit")),
  recordRepresentation: "name",
};
