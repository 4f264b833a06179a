import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router-dom";

interface Props {
  title: string;
  /** A short line above the title: what kind of page, or a number. */
  over?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Reading width for pages of text and forms. */
  narrow?: boolean;
}

/** A page: its title is what the tab says, and gets the focus when one comes from another page. */
export function Page({ title, over, lead, actions, children, narrow = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    document.title = `${title} · Fellesgrep`;
  }, [title]);
  useEffect(() => {
    if (key !== "default") heading.current?.focus({ preventScroll: true });
  }, [key]);
  return (
    <Box sx={{ maxWidth: narrow ? 860 : 1680, mx: "auto", width: "100%" }}>
      <Box
        sx={{
          display: "flex",
          flexWrap: "wrap",
          gap: 1.5,
          alignItems: "flex-end",
          justifyContent: "space-between",
          mb: 2,
        }}
      >
        <Box sx={{ minWidth: 0, flex: "1 1 260px" }}>
          {over && (
            <Typography variant="caption" component="p" sx={{ color: "text.secondary", mb: 0.25 }}>
              {over}
            </Typography>
          )}
          <Typography
            variant="h1"
            ref={heading}
            tabIndex={-1}
            sx={{ outline: "none", overflowWrap: "anywhere" }}
          >
            {title}
          </Typography>
          {lead && (
            <Typography sx={{ color: "text.secondary", mt: 0.5, maxWidth: "70ch" }}>
              {lead}
            </Typography>
          )}
        </Box>
        {actions && <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap" }}>{actions}</Box>}
      </Box>
      {children}
    </Box>
  );
}
