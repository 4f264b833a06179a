/** Tasks whose work is more than a form name a workspace; this is where the name leads. */
import type { ComponentType, LazyExoticComponent } from "react";
import type { TaskDetail } from "../types";

export interface WorkspaceProps {
  caseId: string;
  task: TaskDetail;
  /** To be called when the task is completed; the page then shows what comes next. */
  onCompleted: () => void;
}

export type Workspace = LazyExoticComponent<ComponentType<WorkspaceProps>>;

/** Workspace name (a property of the task in the diagram) → component, loaded when needed. */
export const WORKSPACES: Readonly<Record<string, Workspace>> = {};
