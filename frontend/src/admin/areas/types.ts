export interface AreaSummary {
  id: string;
  name: string;
  phase: string;
  summary: string;
  started_on: string;
  programme_leader_id: string | null;
  version: number;
}

export interface Measure {
  id: string;
  number: number;
  title: string;
  goal: string;
  indicator: string;
  budget_ore: number;
  status: string;
}

export interface AreaView extends AreaSummary {
  contact_point_name: string;
  contact_point_address: string;
  contact_point_hours: string;
  measures: Measure[];
  population_groups: { id: string; name: string }[];
}
