import { lazy } from "react";
import type { ResourceProps } from "react-admin";

/** The texts agreements are made of. */
export const templates: ResourceProps = {
  name: "templates",
  list: lazy(() => import("./TemplateList")),
  show: lazy(() => import("./TemplateShow")),
  recordRepresentation: "title",
};
