import type { Named } from "../app/types";

export interface InvolvementItem {
  id: string;
  number: number;
  title: string;
  actor_group: string;
  question: string;
  decision_point: string;
  method: string;
  phase: string;
  horizon: "short" | "long";
  responsible: Named | null;
  due_on: string | null;
  status: "planned" | "contacted" | "in_cooperation" | "agreed";
  case_count: number;
  version: number;
}

export interface Coverage {
  items: number;
  reached: number;
  agreed: number;
  percent: number;
  not_reached: number[];
}

export interface StrategyView {
  id: string;
  area_id: string;
  title: string;
  adopted_on: string;
  summary: string;
  version: number;
  items: InvolvementItem[];
  coverage: Coverage;
  can: string[];
}
