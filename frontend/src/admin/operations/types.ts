export interface Standing {
  process: string;
  process_name: string;
  element: string;
  name: string;
  role_label: string;
  waiting: number;
  oldest: string;
  late: number;
}

export interface Definition {
  process: string;
  name: string;
  version: string;
  running: number;
  oldest: string;
  elements: Standing[];
}

export interface Instance {
  instance_id: string;
  process: string;
  kind: string;
  id: string;
  title: string;
}

export interface Stuck extends Instance {
  since: string;
}

export interface FailedJob {
  id: number;
  name: string;
  attempts: number;
  failed_at: string;
  subject: Instance | null;
}

export interface Operations {
  definitions: Definition[];
  stuck: Stuck[];
  failed_jobs: FailedJob[];
  can_retry: boolean;
}
