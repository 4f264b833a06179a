/** Tasks whose work is more than a form name a workspace; this is where the name leads. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { TaskDetail } from "../types";

export interface WorkspaceProps {
  caseId: string;
  task: TaskDetail;
  /** To be called when the task is completed; the page then shows what comes next. */
  onCompleted: () => void;
}

export type Workspace = LazyExoticComponent<ComponentType<WorkspaceProps>>;

/** Workspace name (a property of the task in the diagram) → component, loaded when needed. */
export const WORKSPACES: Readonly<Record<string, Workspace>> = {
  expectations: lazy(() => import("./expectations/ExpectationsWorkspace")),
  parties: lazy(() => import("./parties/PartiesWorkspace")),
  proposal: lazy(() => import("./proposal/ProposalWorkspace")),
  decision: lazy(() => import("./decision/DecisionWorkspace")),
  agreement: lazy(() => import("./agreement/AgreementWorkspace")),
  agreement_review: lazy(() => import("./agreement/AgreementReviewWorkspace")),
  signatories: lazy(() => import("./signatories/SignatoriesWorkspace")),
  countersign: lazy(() => import("./signatories/CountersignWorkspace")),
  obligations: lazy(() => import("./obligations/ObligationsWorkspace")),
};
