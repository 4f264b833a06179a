/** What several features read of the API. */

export interface Named {
  id: string;
  name: string;
}

export interface WhoseTurn {
  role: string | null;
  label: string;
  person_name: string | null;
}

export interface CaseSummary {
  id: string;
  number: string;
  title: string;
  stage: string;
  stage_since: string;
  outcome: string | null;
  area: Named;
  responsible: Named | null;
  lead_partner: (Named & { kind: string }) | null;
  party_count: number;
  next_due_on: string | null;
  overdue: boolean;
  on_hold: boolean;
  whose_turn: WhoseTurn | null;
  total_ore: number | null;
  version: number;
}

export interface TaskView {
  id: string;
  process: string;
  element: string;
  name: string;
  role: string;
  role_label: string;
  status: "open" | "resting" | "completed" | "cancelled";
  assignee: Named | null;
  /** Who stands in, where the assignee is away today. */
  substitute: Named | null;
  area_id: string | null;
  subject_kind: string;
  subject_id: string;
  subject_title: string;
  workspace: string | null;
  item: string | null;
  created_at: string;
  due_on: string | null;
  completed_at: string | null;
  answers: Record<string, unknown> | null;
  version: number;
  can_complete: boolean;
  waiting_for: "partner" | "role" | "person" | null;
  overdue: boolean;
}
