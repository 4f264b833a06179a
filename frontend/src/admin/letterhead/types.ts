export interface Letterhead {
  municipality: string;
  organisation_number: string;
  unit: string;
  contact_lines: string[];
  colour: string;
  has_mark: boolean;
  version: number;
  can: string[];
}
