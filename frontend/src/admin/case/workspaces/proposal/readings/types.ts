import type { ReaderChoice, Thread } from "../../shared/talk/types";

export type Standing = "not_asked" | "waiting" | "confirmed" | "changed" | "refused";

/** Where a party stands to the proposal as it reads now, and the answer that this rests on. */
export interface PartyStanding {
  party_id: string;
  name: string;
  standing: Standing;
  number: number | null;
  by: string;
  role_title: string;
  reason: string;
  answered_at: string | null;
}

export interface SentVersion {
  number: number;
  sent_at: string;
  respond_by: string;
  note: string;
  current: boolean;
  people: string[];
}

export interface ReadingsView {
  sent: SentVersion[];
  parties: PartyStanding[];
  threads: Thread[];
  contacts: ReaderChoice[];
  may_send: boolean;
  may_answer: boolean;
}
