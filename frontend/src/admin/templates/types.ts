export interface TemplateVersion {
  id: string;
  number: number;
  origin: string;
  status: string;
  in_force_from: string | null;
  review_by: string | null;
  change_note: string;
}

export interface TemplateSummary {
  id: string;
  key: string;
  title: string;
  languages: string[];
  fits: string[];
  fits_all: boolean;
  in_force: TemplateVersion | null;
  newest: TemplateVersion;
}

export interface TemplateView extends TemplateSummary {
  versions: TemplateVersion[];
  body: string;
  can: string[];
}
