export interface Said {
  id: string;
  text: string;
  who: string;
  of: string;
  by_partner: boolean;
  at: string;
  resolved: boolean;
  answers: Said[];
}

export interface Thread {
  heading: string;
  first: Said;
}

export interface ReaderChoice {
  id: string;
  name: string;
  role_title: string;
  party_name: string;
  reachable: boolean;
}
