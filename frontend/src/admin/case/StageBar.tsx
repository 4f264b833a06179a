import Check from "@mui/icons-material/Check";
import Box from "@mui/material/Box";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import { useLocaleState, useTranslate } from "react-admin";
import { fullDate } from "../app/dates";
import { lookOf } from "../app/status";
import type { StageStep, StepState } from "./types";

const WEIGHT: Record<StepState, number> = { done: 500, current: 700, upcoming: 400, skipped: 400 };

/** Read aloud, not seen. */
const unseen = {
  position: "absolute",
  width: "1px",
  height: "1px",
  overflow: "hidden",
  clipPath: "inset(50%)",
} as const;

/** On a phone only the present stage is named; the others are their marks. */
const hiddenOnPhone = {
  position: { xs: "absolute", md: "static" },
  width: { xs: "1px", md: "auto" },
  height: { xs: "1px", md: "auto" },
  overflow: { xs: "hidden", md: "visible" },
  clipPath: { xs: "inset(50%)", md: "none" },
} as const;

function Mark({ step }: { step: StageStep }) {
  const { icon: Icon } = lookOf(step.stage);
  const Drawn = step.state === "done" ? Check : Icon;
  return (
    <Box
      aria-hidden
      sx={(theme) => {
        const { accent, neutral } = theme.palette.tones;
        const filled = step.state === "current";
        return {
          width: 26,
          height: 26,
          borderRadius: "50%",
          display: "grid",
          placeItems: "center",
          flexShrink: 0,
          color: filled
            ? accent.contrast
            : step.state === "done"
              ? accent.textSubtle
              : neutral.textSubtle,
          backgroundColor: filled
            ? accent.base
            : step.state === "done"
              ? accent.surface
              : "transparent",
          border: `1.5px solid ${step.state === "upcoming" || step.state === "skipped" ? neutral.border : "transparent"}`,
        };
      }}
    >
      <Drawn sx={{ fontSize: 16 }} />
    </Box>
  );
}

function Step({ step }: { step: StageStep }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const when = step.entered_at ? fullDate(step.entered_at, locale) : "";
  return (
    <Tooltip title={when && t("admin.stage.since", { date: when })}>
      <Box
        component="li"
        aria-current={step.state === "current" ? "step" : undefined}
        sx={{
          flex: { md: "1 1 0" },
          display: "flex",
          flexDirection: { xs: "row", md: "column" },
          alignItems: { xs: "center", md: "flex-start" },
          gap: 0.5,
          minWidth: 0,
          position: "relative",
          "&:not(:last-child)::after": {
            content: '""',
            display: { xs: "none", md: "block" },
            position: "absolute",
            top: 12,
            left: 34,
            right: 8,
            height: 2,
            backgroundColor: step.state === "done" ? "primary.main" : "divider",
          },
        }}
      >
        <Mark step={step} />
        <Typography
          variant="caption"
          component="span"
          sx={{
            ...(step.state === "current" ? {} : hiddenOnPhone),
            fontWeight: WEIGHT[step.state],
            color:
              step.state === "upcoming" || step.state === "skipped"
                ? "text.secondary"
                : "text.primary",
            textDecoration: step.state === "skipped" ? "line-through" : "none",
          }}
        >
          {step.label}
          <Box component="span" sx={unseen}>
            {` (${t(`admin.stage.${step.state}`)})`}
          </Box>
        </Typography>
      </Box>
    </Tooltip>
  );
}

/** The stages of the case in a row; done ones are ticked, the present one is filled. */
export function StageBar({ steps }: { steps: readonly StageStep[] }) {
  const t = useTranslate();
  return (
    <Box
      component="ol"
      aria-label={t("admin.stage.label")}
      sx={{
        listStyle: "none",
        m: 0,
        px: 2,
        py: 1.75,
        display: "flex",
        flexWrap: { xs: "wrap", md: "nowrap" },
        gap: { xs: 0.75, md: 0 },
      }}
    >
      {steps.map((step) => (
        <Step key={step.stage} step={step} />
      ))}
    </Box>
  );
}
