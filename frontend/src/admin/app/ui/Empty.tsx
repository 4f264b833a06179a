import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** The next step, in one sentence. */
  hint?: string;
  action?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function Empty({ title, hint, action }: Props) {
  return (
    <Box sx={{ py: 3, px: 2, textAlign: "center" }}>
      <Typography sx={{ fontWeight: 600 }}>{title}</Typography>
      {hint && (
        <Typography variant="body2" sx={{ color: "text.secondary", mt: 0.5 }}>
          {hint}
        </Typography>
      )}
      {action && <Box sx={{ mt: 1.5 }}>{action}</Box>}
    </Box>
  );
}
