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
}

export interface SignatoriesEdit {
  signatories: { party_id: string; contact_id: string }[];
  countersigner_id: string | null;
  deadline_on: string | null;
}

export type Arranged = Saved<SignatoriesView, SignatoriesEdit>;
