import type { Named } from "../app/types";

export interface Absence {
  id: string;
  person: Named;
  substitute: Named;
  from_on: string;
  until_on: string;
  now: boolean;
  reason: string;
  can: string[];
}
