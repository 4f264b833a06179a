import Box from "@mui/material/Box";

interface Props {
  html: string;
  /** One section, named outside: its heading is shown where it changed, its points by its number. */
  section?: number | null;
}

/** As the agreement numbers its points: 6.1, 6.2. */
const numbered = (section: number) => ({
  counterReset: "point",
  "& ol.numbered": { listStyle: "none", pl: 5, my: 0.5 },
  "& ol.numbered > li": { counterIncrement: "point", position: "relative" },
  "& ol.numbered > li::before": {
    content: `"${section}." counter(point)`,
    position: "absolute",
    left: -40,
    color: "text.secondary",
  },
});

/** A change as the server marks it: sanitized there, so nothing in it can run. */
export function Redline({ html, section }: Props) {
  return (
    <Box
      sx={({ palette }) => ({
        border: 1,
        borderColor: "divider",
        borderRadius: 1,
        p: 1.5,
        overflowX: "auto",
        "& h2": { typography: "subtitle2", fontWeight: 600, m: 0 },
        "& h3, & h4": { typography: "subtitle2", mt: 1.5, mb: 0.5 },
        "& section + section": { mt: 2 },
        "& p": { my: 0.5 },
        "& ins": {
          color: palette.tones.success.textSubtle,
          fontWeight: 600,
          textDecorationThickness: 2,
        },
        "& del": { color: palette.tones.danger.textSubtle },
        ...(section === undefined ? {} : { "& h2:not(:has(ins, del))": { display: "none" } }),
        ...(section ? numbered(section) : {}),
      })}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the server
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
