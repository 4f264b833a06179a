import type { Named } from "../app/types";
import type { AgreementField } from "../case/workspaces/agreement/types";

export interface BulkTemplate {
  id: string;
  title: string;
  languages: string[];
  fields: AgreementField[];
}

export interface Candidate {
  id: string;
  number: string;
  title: string;
  partner: string;
}

export interface Run {
  id: string;
  template: string;
  status: "running" | "done" | "cancelled";
  started_at: string;
  started_by: Named;
  total: number;
  made: number;
  failed: number;
  waiting: number;
}

export interface Item {
  id: string;
  case_id: string;
  number: string;
  title: string;
  partner: string;
  status: "waiting" | "made" | "failed";
  gaps: number;
  causes: string[];
}

export const RUNS = "/bulk-agreements";
