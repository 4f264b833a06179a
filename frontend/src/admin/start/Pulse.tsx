import Box from "@mui/material/Box";
import { useTheme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslate } from "react-admin";
import { Money } from "../app/ui/Money";
import { Panel } from "../app/ui/Panel";
import { Waiting } from "../app/ui/Waiting";
import type { Start } from "./types";

const StageChart = lazy(() => import("./StageChart"));

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
        {label}
      </Typography>
      <Typography component="dd" sx={{ m: 0, fontWeight: 650, fontSize: "1.0625rem" }}>
        {children}
      </Typography>
    </Box>
  );
}

/** How my area does: cases by stage, money decided and available, strategy coverage. */
export function Pulse({ pulse }: { pulse: Start["pulse"] }) {
  const t = useTranslate();
  const theme = useTheme();
  const { coverage } = pulse;
  return (
    <Panel
      title={t("admin.start.pulse", {
        smart_count: pulse.areas.length,
        area: pulse.areas[0]?.name,
      })}
    >
      <Box
        component="dl"
        sx={{
          m: 0,
          mb: 1.5,
          display: "grid",
          gridTemplateColumns: "1fr 1fr",
          gap: 1.5,
        }}
      >
        <Figure label={t("admin.start.decided")}>
          <Money ore={pulse.decided_ore} short />
        </Figure>
        <Figure label={t("admin.start.available")}>
          <Money ore={pulse.available_ore} short />
        </Figure>
        <Figure label={t("admin.start.coverage")}>
          {t("admin.start.coverage_of", { reached: coverage.reached, total: coverage.items })}
        </Figure>
        <Figure label={t("admin.start.late")}>{pulse.late_count}</Figure>
        <Figure label={t("admin.start.on_hold")}>{pulse.on_hold_count}</Figure>
      </Box>
      <Suspense fallback={<Waiting lines={5} height={24} />}>
        <StageChart
          stages={pulse.by_stage}
          colour={theme.palette.tones.accent.base}
          ink={theme.palette.text.primary}
        />
      </Suspense>
    </Panel>
  );
}
