export interface Obligation {
  id: string;
  party_name: string;
  kind: string;
  description: string;
  amount_ore: number;
  due_on: string;
  overdue: boolean;
  status: string;
  fulfilled_on: string | null;
  note: string;
  version: number;
}
