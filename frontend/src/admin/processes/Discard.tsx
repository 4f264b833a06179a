import Button from "@mui/material/Button";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";

/** Take a draft off the list; `path` is its address below the versions. */
export function Discard({ name, path }: { name: string; path: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const discard = useAct(() => api.post(`/process-versions/${path}/discard`), {
    onDone: () => notify("admin.processes.discarded", { type: "success" }),
  });
  return (
    <Button
      size="small"
      color="error"
      loading={discard.isPending}
      onClick={() => discard.mutate(undefined)}
      aria-label={t("admin.processes.discard_named", { name })}
    >
      {t("admin.processes.discard")}
    </Button>
  );
}
