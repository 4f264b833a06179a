import Card from "@mui/material/Card";
import type { ReactNode } from "react";
import { EditBase, useNotify, useRedirect, useResourceContext } from "react-admin";
import { ApiProblem } from "../http/problem";
import { useProblemNotice } from "../http/useProblemNotice";
import { formCard } from "./formCard";
import { Page } from "./Page";

interface Props {
  title: string;
  children: ReactNode;
  /** Where one goes when it is saved. */
  then?: "show" | "list";
}

/** A page that changes a thing: the server decides first, and a conflict says what to do. */
export function EditPage({ title, children, then = "show" }: Props) {
  const tell = useProblemNotice();
  const notify = useNotify();
  const redirect = useRedirect();
  const resource = useResourceContext();
  return (
    <Page title={title} narrow>
      <EditBase
        mutationMode="pessimistic"
        mutationOptions={{
          onSuccess: (record: { id: string }) => {
            notify("admin.saved", { type: "success" });
            redirect(then, resource, record.id);
          },
          onError: (problem: unknown) => {
            if (problem instanceof ApiProblem && problem.status === 422) {
              notify("ra.message.invalid_form", { type: "error" });
            } else tell(problem);
          },
        }}
      >
        <Card sx={formCard}>{children}</Card>
      </EditBase>
    </Page>
  );
}
