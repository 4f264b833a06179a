import Alert from "@mui/material/Alert";
import { useTranslate } from "react-admin";
import { When } from "../../../app/ui/When";
import type { AgreementView } from "./types";

/** What legal answered last, when the draft came back. */
export function LastReview({ view }: { view: AgreementView }) {
  const t = useTranslate();
  const last = [...view.reviews].sort((one, other) =>
    other.reviewed_at.localeCompare(one.reviewed_at),
  )[0];
  if (last?.verdict !== "returned") return null;
  return (
    <Alert severity="warning">
      {t("admin.workspace.agreement.returned", { name: last.reviewed_by?.name ?? "" })}{" "}
      <When date={last.reviewed_at} />
      {last.comment && `: ${last.comment}`}
    </Alert>
  );
}
