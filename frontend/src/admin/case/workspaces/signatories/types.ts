import type { Named } from "../../../app/types";
import type { Saved } from "../shared/useSaved";

export interface SignatureRequest {
  id: string;
  party_id: string;
  party_name: string;
  contact_id: string;
  name: string;
  role_title: string;
  reachable: boolean;
  status: string;
  late: boolean;
  deadline_on: string | null;
  sent_at: string | null;
  answered_at: string | null;
  decline_reason: string | null;
  order: number;
  /** What the signature policy says, what legal staff allowed instead, and what is asked for. */
  policy_method: string;
  lowered_to: string | null;
  lowered_reason: string;
  required_method: string;
}

/** A method of signing; the list goes from the weakest to the strongest. */
export interface MethodChoice {
  key: string;
  label: string;
  about: string;
  /** The setting without which it cannot be used here. */
  missing: string;
}

export interface PersonOfParty {
  id: string;
  name: string;
  role_title: string;
  reachable: boolean;
}

export interface SignatoriesView {
  version: number;
  signatories: SignatureRequest[];
  countersigner: Named | null;
  deadline_on: string | null;
  sent_at: string | null;
  countersigned_at: string | null;
  parties: { id: string; name: string; contacts: PersonOfParty[] }[];
  may_arrange: boolean;
  may_resend: boolean;
  may_recall: boolean;
  may_lower: boolean;
  may_take_paper: boolean;
  methods: MethodChoice[];
}

export interface Planned {
  party_id: string;
  contact_id: string;
  /** None for what the policy says. */
  method: string | null;
  order: number;
}

export interface SignatoriesEdit {
  signatories: Planned[];
  countersigner_id: string | null;
  deadline_on: string | null;
}

export type Arranged = Saved<SignatoriesView, SignatoriesEdit>;
