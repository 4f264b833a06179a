import Alert from "@mui/material/Alert";
import { useTranslate } from "react-admin";
import { ConflictNotice } from "../../app/ui/ConflictNotice";

/** What keeps a text from being saved: somebody else was first, or it was refused. */
export function SaveState({ draft }: { draft: { state: string; problem: string } }) {
  const t = useTranslate();
  if (draft.state === "conflict") {
    return (
      <ConflictNotice
        message={t("admin.editor.conflict")}
        onReload={() => window.location.reload()}
      />
    );
  }
  if (draft.state !== "refused") return null;
  return <Alert severity="error">{draft.problem || t("admin.error.network")}</Alert>;
}
