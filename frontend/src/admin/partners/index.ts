import { lazy } from "react";
import type { ResourceProps } from "react-admin";

/** Everybody to cooperate with. */
export const partners: ResourceProps = {
  name: "partners",
  list: lazy(() => import("./PartnerList")),
  show: lazy(() => import("./PartnerShow")),
  create: lazy(() => import("./PartnerCreate")),
  edit: lazy(() => import("./PartnerEdit")),
  recordRepresentation: "name",
};
