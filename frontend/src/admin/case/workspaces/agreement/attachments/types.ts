export interface Attachment {
  id: string;
  number: number;
  title: string;
  media_type: string;
  size: number;
  pages: number;
  url: string;
}

export interface AttachmentsView {
  items: Attachment[];
  editable: boolean;
}
