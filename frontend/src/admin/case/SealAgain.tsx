import Button from "@mui/material/Button";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";

/** Seal at once what could not be sealed. */
export function SealAgain({ caseId, of }: { caseId: string; of?: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const again = useAct<void>(() => api.post(`/cases/${caseId}/seal/again`, {}), {
    onDone: () => notify("admin.seal.tried", { type: "info" }),
  });
  return (
    <Button
      variant="outlined"
      color="inherit"
      size="small"
      loading={again.isPending}
      aria-label={of ? t("admin.seal.again_of", { title: of }) : undefined}
      onClick={() => again.mutate()}
    >
      {t("admin.seal.again")}
    </Button>
  );
}
