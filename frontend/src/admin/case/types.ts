import type { CaseSummary, Named, TaskView } from "../app/types";

export interface Contact {
  id: string;
  partner_id: string;
  name: string;
  role_title: string;
  email: string;
  phone: string;
  language: string;
  status: string;
  version: number;
}

export interface Party {
  id: string;
  partner: Named & { kind: string };
  organisation_number: string | null;
  contact: Contact | null;
  contacts: Contact[];
  lead: boolean;
  added_at: string;
}

export interface Expectation {
  goals: string;
  municipality_expects: string;
  partner_expects: string;
  working_method: string;
  way: string;
  recorded_at: string;
  recorded_by: Named | null;
}

export interface Hold {
  reason: string;
  until_on: string | null;
  held_at: string;
  held_by: Named | null;
}

export type StepState = "done" | "current" | "upcoming" | "skipped";

export interface StageStep {
  stage: string;
  label: string;
  state: StepState;
  entered_at: string | null;
  left_at: string | null;
}

export interface CaseDetail
  extends Pick<
    CaseSummary,
    "id" | "number" | "title" | "stage" | "stage_since" | "outcome" | "version" | "area"
  > {
  opened_at: string;
  closed_at: string | null;
  summary: string;
  responsible: Named;
  outcome_reason: string;
  measure: { id: string; number: number; title: string } | null;
  involvement_item: { id: string; title: string } | null;
  stages: StageStep[];
  tasks: TaskView[];
  /** Who has the ball and for what, as a sentence. */
  turn: string;
  next_due_on: string | null;
  overdue: boolean;
  hold: Hold | null;
  reopened: { reason: string; at: string; by: Named | null } | null;
  parties: Party[];
  expectation: Expectation | null;
  can: string[];
}

export interface TimelineEntry {
  at: string;
  kind: string;
  sentence: string;
}

export interface DiagramProcess {
  process: string;
  name: string;
  xml: string;
  called_from: string | null;
  done: string[];
  current: string[];
  path: { element: string; at: string; name?: string; left_at?: string | null }[];
}

export interface TaskDetail extends TaskView {
  form: { schema: Record<string, unknown>; ui: Record<string, unknown> } | null;
  draft: Record<string, unknown> | null;
  draft_saved_at: string | null;
}

export interface CaseDocument {
  kind: string;
  title: string;
  sha256: string;
  at: string;
  url: string;
}

export interface Decision {
  id: string;
  number: string;
  level: string;
  decided_by: Named | null;
  rule: string | null;
  outcome: string;
  reasons: string;
  conditions: string;
  amount_ore: number;
  legal_reference: string;
  decided_at: string;
  /** Parties that had confirmed this proposal when it was decided on. */
  confirmed_by: string[];
}

export interface FundingSummary {
  version: number;
  total_ore: number;
  funded_ore: number;
  missing_ore: number;
  balanced: boolean;
  by_party: { party_id: string | null; name: string; cash_ore: number; in_kind_ore: number }[];
}
