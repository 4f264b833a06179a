import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { useTranslate } from "react-admin";
import type { Preview } from "./types";

interface Props {
  title: string;
  says: Preview | null | undefined;
  head?: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
}

/** A message as its recipient reads it. */
export function PreviewDialog({ title, says, head, actions, onClose }: Props) {
  const t = useTranslate();
  const id = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id} sx={{ "&::first-letter": { textTransform: "uppercase" } }}>
        {title}
      </DialogTitle>
      <DialogContent sx={{ display: "grid", gap: 1.5, minHeight: 320, alignContent: "start" }}>
        {head}
        {says && (
          <Box lang={says.language} sx={{ display: "grid", gap: 1.5 }}>
            <Typography variant="body2">
              <Box component="span" sx={{ color: "text.secondary" }}>
                {t(says.channel === "sms" ? "admin.notices.by_sms" : "admin.notices.subject")}
                {": "}
              </Box>
              <strong>{says.subject}</strong>
            </Typography>
            <Box
              component="pre"
              tabIndex={0}
              aria-label={title}
              sx={{
                m: 0,
                p: 2,
                border: 1,
                borderColor: "divider",
                borderRadius: 1,
                fontFamily: "inherit",
                fontSize: "0.9375rem",
                whiteSpace: "pre-wrap",
                overflowWrap: "anywhere",
              }}
            >
              {says.text.trim().replace(/\n{3,}/g, "\n\n")}
            </Box>
            <Typography variant="caption" sx={{ color: "text.secondary" }}>
              {t("admin.notices.hidden")}
            </Typography>
          </Box>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose}>{t("admin.notices.close")}</Button>
        {actions}
      </DialogActions>
    </Dialog>
  );
}
