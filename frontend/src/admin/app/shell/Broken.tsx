import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import type { FallbackProps } from "react-error-boundary";

/** A page that could not be drawn; the rest of the admin still works. */
export function Broken({ resetErrorBoundary }: FallbackProps) {
  const t = useTranslate();
  return (
    <Alert
      severity="error"
      action={
        <Button color="inherit" size="small" onClick={resetErrorBoundary}>
          {t("admin.error.retry")}
        </Button>
      }
    >
      {t("admin.error.broken")}
    </Alert>
  );
}
