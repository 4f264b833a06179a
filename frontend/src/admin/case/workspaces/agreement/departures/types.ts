export interface Section {
  id: string;
  /** The number that readers know it by; annexes have none here. */
  number: number | null;
  heading: string;
  text: string;
  departs: boolean;
}

export interface Verdict {
  verdict: "approved" | "rejected";
  reason: string;
  by: string;
  at: string;
}

/** A promise whose words changed: it is followed up as before, or no longer. */
export interface Touched {
  kind: string;
  who: string;
  due_on: string | null;
  kept: boolean;
}

export interface Departure {
  id: string;
  section_id: string;
  heading: string;
  change_html: string;
  approved_html: string;
  reason: string;
  author: string;
  made_at: string;
  own: boolean;
  stands: boolean;
  outdated: boolean;
  promises: Touched[];
  verdict: Verdict | null;
  earlier: Verdict | null;
}

export interface DeparturesView {
  sections: Section[];
  departures: Departure[];
  may_write: boolean;
  may_judge: boolean;
}

export const pathOf = (caseId: string): string => `/cases/${caseId}/agreement/departures`;

/** A section as readers speak of it. */
export const named = ({ number, heading }: Pick<Section, "number" | "heading">): string =>
  number === null ? heading : `${number}. ${heading}`;
