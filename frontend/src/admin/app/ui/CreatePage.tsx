import Card from "@mui/material/Card";
import type { ReactNode } from "react";
import { CreateBase } from "react-admin";
import { formCard } from "./formCard";
import { Page } from "./Page";
import { type Then, useSaving } from "./useSaving";

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
  /** Where one goes when it is saved. */
  then?: Then;
  /** What the form starts with. */
  record?: Record<string, unknown>;
}

/** A page that makes a thing, and then shows it. */
export function CreatePage({ title, lead, children, record, then = "show" }: Props) {
  const saving = useSaving(then);
  return (
    <Page title={title} lead={lead} narrow>
      <CreateBase {...(record ? { record } : {})} mutationOptions={saving}>
        <Card sx={formCard}>{children}</Card>
      </CreateBase>
    </Page>
  );
}
