export type Level = "product" | "municipality" | "template" | "agreement";

export interface Policy {
  remind_days_before: number | null;
  days_between: number;
  at_most: number;
  quiet_from: number;
  quiet_until: number;
  working_days_only: boolean;
  reach: "email" | "email_and_sms";
}

/** What one level decides, and what holds with the levels before it. */
export interface Rule {
  version: number;
  decided: { [Name in keyof Policy]?: Policy[Name] | null };
  policy: Policy;
  sources: Record<keyof Policy, Level>;
}

export interface Kind {
  kind: string;
  name: string;
  channel: "email" | "sms";
  for_staff: boolean;
  reminder: boolean;
  waits: boolean;
}

export interface Notices {
  municipality: Rule;
  templates: (Rule & { key: string; name: string })[];
  kinds: Kind[];
  takes_bounces: boolean;
  can: string[];
}

export interface Preview {
  language: string;
  channel: "email" | "sms";
  subject: string;
  text: string;
  html: string;
}

export interface SentMessage {
  id: string;
  kind: string;
  name: string;
  recipient: string;
  channel: "email" | "sms";
  status: string;
  status_label: string;
  reason: string;
  queued_at: string;
  send_at: string | null;
  ended_at: string | null;
}

export interface PlannedNotice {
  name: string;
  recipient: string;
  at: string;
  withheld: string;
  says: Preview;
}

export interface CaseNotices {
  messages: SentMessage[];
  planned: PlannedNotice[];
  undelivered: {
    recipient_kind: string;
    recipient_id: string;
    name: string;
    code: string;
    bounced_at: string;
  }[];
  without_reminders: string[];
  rule: Rule;
  can: string[];
}

export interface Preference {
  kind: string;
  name: string;
  way: "at_once" | "daily" | "none";
}
