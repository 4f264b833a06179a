export interface OutboxItem {
  name: string;
  to: string;
  subject: string;
  at: string;
}

export interface OutboxMail extends OutboxItem {
  text: string;
  html: string;
  links: string[];
}
