import type { ReaderChoice, Thread } from "../../shared/talk/types";

export interface Reader {
  name: string;
  party_name: string;
  seen_at: string | null;
  no_remarks_at: string | null;
}

export interface Reading {
  number: number;
  sent_at: string;
  respond_by: string;
  note: string;
  readers: Reader[];
}

export interface Suggestion {
  id: string;
  heading: string;
  who: string;
  of: string;
  change_html: string;
  reason: string;
  made_at: string;
  status: "open" | "accepted" | "rejected";
  answer: string;
  answered_by: string;
  answered_at: string | null;
}

export interface DiscussionView {
  readings: Reading[];
  threads: Thread[];
  suggestions: Suggestion[];
  contacts: ReaderChoice[];
  may_send: boolean;
  may_answer: boolean;
}
