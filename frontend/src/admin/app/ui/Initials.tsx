import Box from "@mui/material/Box";

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
};

/** A person as a round mark; the name stands beside it or in the label around it. */
export function Initials({ name, size = 32 }: { name: string; size?: number }) {
  return (
    <Box
      aria-hidden
      component="span"
      sx={(theme) => ({
        width: size,
        height: size,
        borderRadius: "50%",
        display: "inline-flex",
        alignItems: "center",
        justifyContent: "center",
        flexShrink: 0,
        fontSize: size * 0.4,
        fontWeight: 650,
        color: theme.palette.tones.accent.text,
        backgroundColor: theme.palette.tones.accent.surface,
      })}
    >
      {initialsOf(name)}
    </Box>
  );
}
