import type { Named } from "../../app/types";

export type Words = Record<string, string>;

export interface Choice {
  value: string;
  label: Words;
}

/** Something the case does not know, which the author of an agreement is asked. */
export interface Asked {
  name: string;
  type: string;
  label: Words;
  help: Words;
  required: boolean;
  departs: boolean;
  asked_if: string | null;
  default: string | boolean | number | null;
  choices: Choice[];
  minimum: number;
  maximum: number;
}

export interface Manifest {
  title: Words;
  languages: string[];
  fits: string[];
  fields: Asked[];
}

export interface Finding {
  kind: string;
  severity: "error" | "warning" | "advice";
  language: string | null;
  section: number | null;
  clause: string;
  text: string;
}

export interface Said {
  id: string;
  text: string;
  who: string;
  created_at: string;
  language: string;
  section: number | null;
  quote: string;
  answers_id: string | null;
  resolved: boolean;
}

export interface Variable {
  name: string;
  label: string;
  format: string;
  of: string;
  shown: boolean;
}

/** A version with all its texts, as the server keeps it. */
export interface VersionText {
  id: string;
  template_id: string;
  number: number;
  origin: string;
  status: string;
  version: number;
  updated_at: string | null;
  bodies: Record<string, string>;
  manifest: Manifest & { key: string; version: number };
  answers: Record<string, unknown>;
  change_note: string;
  review_by: string | null;
  in_force_from: string | null;
  authors: Named[];
  findings: Finding[];
  comments: Said[];
  can: string[];
}

/** What a draft holds that its author changes. */
export interface Content {
  bodies: Record<string, string>;
  manifest: Manifest;
  answers: Record<string, unknown>;
  change_note: string;
  review_by: string | null;
}
