import CloudDone from "@mui/icons-material/CloudDoneOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { Saved } from "./useSaved";

/** Whether what is typed is safe; after a conflict, the two ways on. */
export function SaveMark<View, Edit>({ saved }: { saved: Saved<View, Edit> }) {
  const t = useTranslate();
  if (saved.state === "conflict") {
    return (
      <Alert
        severity="warning"
        action={
          <Box sx={{ display: "flex", gap: 0.5 }}>
            <Button size="small" color="inherit" onClick={() => void saved.takeTheirs()}>
              {t("admin.conflict.reload")}
            </Button>
            <Button size="small" color="inherit" onClick={() => void saved.keepMine()}>
              {t("admin.workspace.keep_mine")}
            </Button>
          </Box>
        }
      >
        {t("admin.workspace.conflict")}
      </Alert>
    );
  }
  return (
    <Typography
      role="status"
      variant="caption"
      component="p"
      sx={{ display: "inline-flex", gap: 0.75, alignItems: "center", color: "text.secondary" }}
    >
      {saved.state === "saved" && <CloudDone aria-hidden sx={{ fontSize: 16 }} />}
      {t(`admin.workspace.save.${saved.state}`)}
    </Typography>
  );
}
