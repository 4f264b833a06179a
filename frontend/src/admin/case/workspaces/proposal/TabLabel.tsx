import ErrorOutline from "@mui/icons-material/ErrorOutlineOutlined";
import Box from "@mui/material/Box";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";

/** The name of a part, and how much in it the server will have mended. */
export function TabLabel({ wrong, children }: { wrong: number; children: ReactNode }) {
  const t = useTranslate();
  return (
    <Box component="span" sx={{ display: "inline-flex", gap: 0.75, alignItems: "center" }}>
      {children}
      {wrong > 0 && (
        <Box
          component="span"
          sx={(theme) => ({
            display: "inline-flex",
            gap: 0.25,
            alignItems: "center",
            color: theme.palette.tones.danger.textSubtle,
            fontSize: "0.8125rem",
          })}
        >
          <ErrorOutline aria-hidden sx={{ fontSize: 16 }} />
          {t("admin.workspace.to_mend", { smart_count: wrong })}
        </Box>
      )}
    </Box>
  );
}
