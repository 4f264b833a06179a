import type { Row } from "../shared/sheet";

export interface Activity extends Row {
  title: string;
  starts_on: string | null;
  ends_on: string | null;
  responsible: string;
}

export interface ProposalEdit {
  title: string;
  background: string;
  goals: string;
  target_groups: string;
  results: string;
  maintenance: string;
  activities: Activity[];
}

export interface ProposalView extends ProposalEdit {
  version: number;
  editable: boolean;
}

export interface BudgetLine extends Row {
  description: string;
  category: string;
  amount_ore: number;
}

export interface Contribution extends Row {
  party_id: string | null;
  kind: string;
  description: string;
  amount_ore: number;
}

export interface PlanEdit {
  lines: BudgetLine[];
  contributions: Contribution[];
}

export interface PlanView extends PlanEdit {
  version: number;
  editable: boolean;
  total_ore: number;
  funded_ore: number;
  missing_ore: number;
  balanced: boolean;
  municipality_cash_ore: number;
  by_party: { party_id: string | null; name: string; cash_ore: number; in_kind_ore: number }[];
}
