import Box from "@mui/material/Box";

/** A change as the server marks it: sanitized there, so nothing in it can run. */
export function Redline({ html }: { html: string }) {
  return (
    <Box
      sx={{
        border: 1,
        borderColor: "divider",
        borderRadius: 1,
        p: 1.5,
        overflowX: "auto",
        "& h2": { typography: "subtitle2", m: 0 },
        "& p": { my: 0.5 },
        "& ins": { color: "success.main", fontWeight: 600, textDecorationThickness: 2 },
        "& del": { color: "error.main" },
      }}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the server
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
