import type { Named } from "../../../app/types";

/** A proposal as it was frozen when it was sent in. */
export interface ProposalContent {
  title: string;
  background: string;
  goals: string;
  target_groups: string;
  results: string;
  maintenance: string;
  activities: {
    title: string;
    starts_on: string | null;
    ends_on: string | null;
    responsible: string;
  }[];
  lines: { description: string; category: string; amount_ore: number }[];
  contributions: {
    party_id: string | null;
    party: string;
    kind: string;
    description: string;
    amount_ore: number;
  }[];
}

export interface ProposalVersion {
  id: string;
  number: number;
  content: ProposalContent;
  note: string;
  amount_ore: number;
  total_ore: number;
  submitted_at: string;
  submitted_by: Named;
}

export interface RuleTrace {
  at: string;
  element: string;
  table: string;
  sentence: string;
  outputs: { decision_level?: string; legal_reference?: string };
}
