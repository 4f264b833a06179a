import { useNotify, useRedirect, useResourceContext } from "react-admin";
import { ApiProblem } from "../http/problem";
import { useProblemNotice } from "../http/useProblemNotice";

export type Then = "show" | "list";

/** What follows when a form is saved, or when the server refuses it. */
export function useSaving(then: Then) {
  const tell = useProblemNotice();
  const notify = useNotify();
  const redirect = useRedirect();
  const resource = useResourceContext();
  return {
    onSuccess: (record: { id: string }) => {
      notify("admin.saved", { type: "success" });
      redirect(then, resource, record.id);
    },
    onError: (problem: unknown) => {
      if (problem instanceof ApiProblem && problem.status === 422) {
        notify("ra.message.invalid_form", { type: "error" });
      } else tell(problem);
    },
  };
}
