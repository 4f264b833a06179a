import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";

interface Props {
  message: string;
  onReload: () => void;
}

/** Somebody else changed it first: says so and offers the newest state. */
export function ConflictNotice({ message, onReload }: Props) {
  const t = useTranslate();
  return (
    <Alert
      severity="warning"
      variant="standard"
      action={
        <Button color="inherit" size="small" onClick={onReload}>
          {t("admin.conflict.reload")}
        </Button>
      }
    >
      {message}
    </Alert>
  );
}
