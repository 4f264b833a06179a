import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

/** The lines of a panel. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <Box
      component="ul"
      sx={{ listStyle: "none", m: 0, p: 0, borderTop: 1, borderColor: "divider" }}
    >
      {children}
    </Box>
  );
}

export function Row({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        gap: 1.5,
        alignItems: "center",
        justifyContent: "space-between",
        flexWrap: "wrap",
        px: 2,
        py: 1.25,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: "1 1 180px", minWidth: 0, overflowWrap: "anywhere" }}>{children}</Box>
      {action}
    </Box>
  );
}

export function Small({ children }: { children: ReactNode }) {
  return (
    <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
      {children}
    </Typography>
  );
}
