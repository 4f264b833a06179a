import type { Named, TaskView } from "../app/types";
import type { Coverage } from "../strategy/types";

export interface StagePulse {
  stage: string;
  count: number;
  sum_ore: number;
}

export interface News {
  at: string;
  kind: string;
  sentence: string;
  case: { id: string; number: string; title: string };
}

export interface Start {
  tasks: Record<"late" | "today" | "week" | "later", TaskView[]> & { total: number };
  since_last_visit: { since: string; items: News[] };
  pulse: {
    areas: Named[];
    by_stage: StagePulse[];
    late_count: number;
    on_hold_count: number;
    decided_ore: number;
    available_ore: number;
    coverage: Coverage;
  };
}
