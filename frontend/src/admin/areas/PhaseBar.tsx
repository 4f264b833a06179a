import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { PHASES } from "./phases";

/** The phase an area is in, as one of five. */
export function PhaseBar({ phase }: { phase: string }) {
  const t = useTranslate();
  const at = (PHASES as readonly string[]).indexOf(phase);
  return (
    <Box sx={{ my: 1 }}>
      <Box aria-hidden sx={{ display: "flex", gap: 0.5, mb: 0.5 }}>
        {PHASES.map((each, index) => (
          <Box
            key={each}
            sx={(theme) => ({
              flex: 1,
              maxWidth: 64,
              height: 6,
              borderRadius: 1,
              backgroundColor:
                index <= at ? theme.palette.tones.accent.base : theme.palette.tones.neutral.hover,
            })}
          />
        ))}
      </Box>
      <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
        {t("admin.area.phase_of", { number: at + 1, phase: t(`areas.phase.${phase}`) })}
      </Typography>
    </Box>
  );
}
