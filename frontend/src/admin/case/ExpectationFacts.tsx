import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { Expectation } from "./types";

const FIELDS = ["goals", "municipality_expects", "partner_expects", "working_method"] as const;

/** What the parties want to achieve and expect of each other. */
export function ExpectationFacts({ said, gap }: { said: Expectation; gap: number }) {
  const t = useTranslate();
  return (
    <Box component="dl" sx={{ m: 0, display: "grid", gap }}>
      {FIELDS.map((name) => (
        <Box key={name}>
          <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
            {t(`admin.parties.${name}`)}
          </Typography>
          <Typography variant="body2" component="dd" sx={{ m: 0, whiteSpace: "pre-line" }}>
            {said[name]}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
