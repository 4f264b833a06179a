import { api } from "../app/http/api";
import type { Batch, Move } from "./types";

export type Act = "move" | "take-back";

/** How far it is: what was done so far, and how many are left. */
export interface Progress {
  moves: Move[];
  left: number;
}

/** Go through all cases, batch by batch; each answer says where the next one begins. */
export async function runBatches(
  version: string,
  act: Act,
  dryRun: boolean,
  onProgress: (progress: Progress) => void,
): Promise<Progress> {
  let after: string | null = null;
  const moves: Move[] = [];
  for (;;) {
    const batch: Batch = await api.post<Batch>(`/process-versions/${version}/${act}`, {
      after,
      dry_run: dryRun,
    });
    moves.push(...batch.moves);
    onProgress({ moves: [...moves], left: batch.left });
    if (batch.after === null) return { moves, left: 0 };
    after = batch.after;
  }
}
