import Card from "@mui/material/Card";
import type { ReactNode } from "react";
import { CreateBase, useNotify, useRedirect, useResourceContext } from "react-admin";
import { ApiProblem } from "../http/problem";
import { useProblemNotice } from "../http/useProblemNotice";
import { formCard } from "./formCard";
import { Page } from "./Page";

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
  /** Where one goes when it is saved. */
  then?: "show" | "list";
  /** What the form starts with. */
  record?: Record<string, unknown>;
}

/** A page that makes a thing, and then shows it. */
export function CreatePage({ title, lead, children, record, then = "show" }: Props) {
  const tell = useProblemNotice();
  const notify = useNotify();
  const redirect = useRedirect();
  const resource = useResourceContext();
  return (
    <Page title={title} lead={lead} narrow>
      <CreateBase
        {...(record ? { record } : {})}
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
      </CreateBase>
    </Page>
  );
}
