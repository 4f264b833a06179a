import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";

/** The mark: two hands that meet in one line. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <Box
      component="svg"
      aria-hidden
      viewBox="0 0 32 32"
      sx={(theme) => ({
        width: size,
        height: size,
        flexShrink: 0,
        "& rect": { fill: theme.palette.primary.main },
        "& path": { stroke: theme.palette.primary.contrastText },
      })}
    >
      <rect width="32" height="32" rx="8" />
      <path
        d="M7 18l6-6 4 4 4-4 4 4M7 18l6 6 12-8"
        fill="none"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </Box>
  );
}

export function Brand() {
  return (
    <Box sx={{ display: "flex", alignItems: "center", gap: 1.25, px: 2, height: 60 }}>
      <Mark />
      <Typography sx={{ fontWeight: 700, fontSize: "1.0625rem", letterSpacing: "-0.015em" }}>
        Fellesgrep
      </Typography>
    </Box>
  );
}
