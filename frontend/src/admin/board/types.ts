import type { CaseSummary } from "../app/types";

export interface BoardColumn {
  stage: string;
  count: number;
  sum_ore: number;
  cards: CaseSummary[];
}

export interface Board {
  columns: BoardColumn[];
}
