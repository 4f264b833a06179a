import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";

interface Props {
  title?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  /** Content reaches the edges (tables, lists). */
  flush?: boolean;
  level?: "h2" | "h3";
}

/** A quiet box with a heading. */
export function Panel({ title, action, children, flush = false, level = "h2" }: Props) {
  const id = useId();
  return (
    <Card component="section" {...(title ? { "aria-labelledby": id } : {})}>
      {title && (
        <Box
          sx={{
            display: "flex",
            alignItems: "center",
            justifyContent: "space-between",
            gap: 1,
            px: 2,
            pt: 1.75,
            pb: flush ? 1.25 : 0,
          }}
        >
          <Typography id={id} variant={level} component={level}>
            {title}
          </Typography>
          {action}
        </Box>
      )}
      <Box sx={flush ? {} : { px: 2, py: 1.75 }}>{children}</Box>
    </Card>
  );
}
