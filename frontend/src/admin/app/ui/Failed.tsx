import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { ApiProblem } from "../http/problem";

/** Something could not be read: why, and a way to try again. */
export function Failed({ problem, onRetry }: { problem: Error; onRetry: () => void }) {
  const t = useTranslate();
  return (
    <Alert
      severity="error"
      action={
        <Button color="inherit" size="small" onClick={onRetry}>
          {t("admin.error.retry")}
        </Button>
      }
    >
      {problem instanceof ApiProblem ? problem.message : t("admin.error.network")}
    </Alert>
  );
}
