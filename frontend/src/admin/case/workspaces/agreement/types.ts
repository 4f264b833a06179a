export interface AgreementField {
  name: string;
  label: string;
  help: string;
  type: string;
  value: string | number | boolean | null;
  required: boolean;
  asked_if: string | null;
  choices: { value: string; label: string }[];
  minimum: number;
  maximum: number;
}

export interface AgreementView {
  id: string;
  number: number;
  status: string;
  language: string;
  title: string;
  template: {
    id: string;
    key: string;
    title: string;
    version_number: number;
    languages: string[];
  } | null;
  templates: { id: string; key: string; title: string; languages: string[]; fits: boolean }[];
  fields: AgreementField[];
  body_html: string;
  gaps: { variable: string; clause: string; label: string }[];
  reviews: {
    verdict: string;
    comment: string;
    reviewed_at: string;
    reviewed_by: { name: string } | null;
  }[];
  submission_note: string;
  editable: boolean;
  version: number;
}

export interface AgreementEdit {
  template_id: string;
  language: string;
  fields: Record<string, string | number | boolean | null>;
}
