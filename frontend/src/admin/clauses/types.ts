import type { Named } from "../app/types";
import type { Finding, Said, Words } from "../templates/editor/types";
import type { TemplateVersion } from "../templates/types";

export interface ClauseVersion extends TemplateVersion {
  version: number;
  approved_by: string;
}

export interface ClauseSummary {
  id: string;
  key: string;
  title: string;
  reason: string;
  mandatory_for: { key: string; title: string }[];
  in_force: ClauseVersion | null;
  newest: ClauseVersion;
  uses: number;
}

export interface ClauseView extends ClauseSummary {
  legal_references: string[];
  bodies: Words;
  versions: ClauseVersion[];
  can: string[];
}

/** A version as the server keeps it. `mine`: the reader cannot be who approves it. */
export interface ClauseText {
  id: string;
  clause_id: string;
  number: number;
  status: string;
  version: number;
  bodies: Words;
  title: Words;
  reason: Words;
  legal_references: string[];
  mandatory_for: string[];
  change_note: string;
  review_by: string | null;
  authors: Named[];
  findings: Finding[];
  comments: Said[];
  mine: boolean;
  can: string[];
}

/** What a draft holds that its author changes. */
export type ClauseContent = Pick<
  ClauseText,
  "bodies" | "title" | "reason" | "legal_references" | "mandatory_for" | "change_note" | "review_by"
>;

export interface TemplateWithClause {
  template_id: string;
  title: string;
  version: TemplateVersion;
  number: number;
  old_wording: boolean;
}

interface Counts {
  running: number;
  signed: number;
}

export interface Impact {
  templates: TemplateWithClause[];
  now: Counts;
  old: Counts;
}

export interface Holding {
  case_id: string;
  case_number: string;
  title: string;
  number: number;
  status: string;
  status_label: string;
  signed: boolean;
}

export interface Carried {
  template_id: string;
  title: string;
  version_id: string;
  number: number;
  outcome: string;
}
