import Card from "@mui/material/Card";
import type { ReactNode } from "react";
import { EditBase } from "react-admin";
import { formCard } from "./formCard";
import { Page } from "./Page";
import { type Then, useSaving } from "./useSaving";

interface Props {
  title: string;
  children: ReactNode;
  /** Where one goes when it is saved. */
  then?: Then;
}

/** A page that changes a thing: the server decides first, and a conflict says what to do. */
export function EditPage({ title, children, then = "show" }: Props) {
  const saving = useSaving(then);
  return (
    <Page title={title} narrow>
      <EditBase mutationMode="pessimistic" mutationOptions={saving}>
        <Card sx={formCard}>{children}</Card>
      </EditBase>
    </Page>
  );
}
