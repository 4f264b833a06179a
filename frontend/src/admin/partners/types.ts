import type { Named } from "../app/types";
import type { Contact } from "../case/types";

export interface PartnerSummary {
  id: string;
  kind: string;
  name: string;
  organisation_number: string | null;
  city: string;
  status: string;
  area: Named | null;
  version: number;
}

export interface Engagement {
  id: string;
  contact: Named | null;
  case_id: string | null;
  channel: string;
  held_on: string;
  summary: string;
  logged_by: Named | null;
  logged_at: string;
}

export interface PartnerView extends PartnerSummary {
  organisation_form: string;
  dwellings: number | null;
  address: string;
  postal_code: string;
  email: string;
  phone: string;
  website: string;
  area_id: string | null;
  about: string;
  contacts: Contact[];
  engagements: Engagement[];
  can: string[];
}
