import Box from "@mui/material/Box";
import { formatOre, shortOre } from "../money";

/** An amount in kroner, with digits that stand under each other. */
export function Money({ ore, short = false }: { ore: number; short?: boolean }) {
  return (
    <Box component="span" sx={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
      {short ? shortOre(ore) : formatOre(ore)}
    </Box>
  );
}
