interface Ref {
  id: string;
  name: string;
}

export interface VersionView {
  hash: string;
  process: string;
  name: string;
  version: string;
  origin: "shipped" | "municipality";
  status: "draft" | "in_force" | "retired";
  imported_at: string;
  imported_by: Ref | null;
  published_at: string | null;
  published_by: Ref | null;
  running: number;
  may_publish: boolean;
}

export interface TableVersion extends Omit<VersionView, "hash" | "process" | "running"> {
  id: string;
  valid_from: string;
}

export interface Folder {
  process: string;
  name: string;
}

export interface Versions {
  versions: VersionView[];
  tables: TableVersion[];
  folders: Folder[];
}

export interface ComparedDiagram {
  process: string;
  name: string;
  xml: string;
  previous_xml: string | null;
}

export interface Comparison {
  process: string;
  name: string;
  files: { path: string; change: "added" | "changed" | "removed" }[];
  diagrams: ComparedDiagram[];
}

export interface ComparedRule {
  id: string;
  change: "added" | "removed" | "changed" | "same";
  why: string;
  cells: { before: string | null; after: string | null }[];
}

export interface TableComparison {
  name: string;
  valid_from: string;
  previous_valid_from: string | null;
  columns: string[];
  inputs: number;
  rules: ComparedRule[];
}

export interface Finding {
  file: string;
  element: string;
  reason: string;
  level: "error" | "warning";
}

export interface Upload {
  accepted: boolean;
  findings: Finding[];
  comparisons: Comparison[];
}

export interface Move {
  instance_id: string;
  subject_kind: string;
  subject_id: string;
  title: string;
  possible: boolean;
  reasons: string[];
  changes: string[];
}

export interface Batch {
  moves: Move[];
  after: string | null;
  left: number;
}
