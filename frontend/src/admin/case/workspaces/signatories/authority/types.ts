import type { Named } from "../../../../app/types";

export interface Holder {
  name: string;
  born_on: string | null;
  roles: string[];
  contact_id: string | null;
}

/** Persons who are enough together; `possible`: all of them are contact persons. */
export interface Way {
  label: string;
  names: string[];
  contact_ids: string[];
  possible: boolean;
}

export interface Substitute {
  name: string;
  stands_for: string;
  mandate: string;
  valid_from: string;
  valid_to: string | null;
}

export type Act = "look_up" | "minutes" | "confirm" | "ask" | "decide";

export interface PartyAuthority {
  party_id: string;
  party_name: string;
  asked_for: boolean;
  looking_up: boolean;
  settled: boolean;
  confirmed: boolean;
  source: string | null;
  source_label: string;
  basis: string;
  recorded_at: string | null;
  recorded_by: Named | null;
  unclear: string | null;
  /** A later look-up that came to nothing. */
  failed: string | null;
  words: string;
  reason: string;
  sentences: string[];
  ways: Way[];
  people: Holder[];
  registered: Holder[];
  substitutes: Substitute[];
  optional: boolean;
  missing: string[];
  has_file: boolean;
  question: { question: string; asked_at: string; asked_by: Named | null } | null;
  can: Act[];
}

export interface Authorities {
  required: boolean;
  parties: PartyAuthority[];
}

/** Somebody whom a rule can name. */
export interface Known {
  name: string;
  contact_id: string | null;
}
