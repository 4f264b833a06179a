export interface ProposalContent {
  title?: string;
  background?: string;
  goals?: string;
  target_groups?: string;
  results?: string;
  maintenance?: string;
  activities?: {
    title: string;
    starts_on: string | null;
    ends_on: string | null;
    responsible: string;
  }[];
}

export interface ProposalVersion {
  id: string;
  number: number;
  content: Record<string, unknown>;
  note: string;
  amount_ore: number;
  total_ore: number;
  submitted_at: string;
  submitted_by: { id: string; name: string };
}

export interface RuleTrace {
  at: string;
  element: string;
  table: string;
  sentence: string;
  outputs: { decision_level?: string; legal_reference?: string };
}
