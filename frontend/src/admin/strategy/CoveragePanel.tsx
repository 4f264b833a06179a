import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Status } from "../app/status";
import { Panel } from "../app/ui/Panel";
import type { InvolvementItem, StrategyView } from "./types";

const ORDER: readonly InvolvementItem["status"][] = [
  "agreed",
  "in_cooperation",
  "contacted",
  "planned",
];

const TONE = {
  agreed: "success",
  in_cooperation: "accent",
  contacted: "info",
  planned: "neutral",
} as const;

/** How many items somebody was reached on, and who has not been reached. */
export function CoveragePanel({ strategy }: { strategy: StrategyView }) {
  const t = useTranslate();
  const { coverage, items } = strategy;
  const counts = ORDER.map((status) => ({
    status,
    count: items.filter((item) => item.status === status).length,
  }));
  const missed = items.filter(({ number }) => coverage.not_reached.includes(number));
  return (
    <Panel
      title={t("admin.strategy.coverage", { reached: coverage.reached, total: coverage.items })}
    >
      <Box
        aria-hidden
        sx={{
          display: "flex",
          height: 12,
          borderRadius: 1,
          overflow: "hidden",
          gap: "2px",
          bgcolor: "divider",
        }}
      >
        {counts
          .filter(({ count }) => count > 0)
          .map(({ status, count }) => (
            <Box
              key={status}
              sx={(theme) => ({
                flex: count,
                backgroundColor:
                  theme.palette.tones[TONE[status]][status === "planned" ? "border" : "base"],
              })}
            />
          ))}
      </Box>
      <Box
        component="ul"
        sx={{ listStyle: "none", m: 0, mt: 1.25, p: 0, display: "flex", gap: 2, flexWrap: "wrap" }}
      >
        {counts.map(({ status, count }) => (
          <Box
            component="li"
            key={status}
            sx={{ display: "flex", gap: 0.75, alignItems: "center" }}
          >
            <Status texts="strategy.status" state={status} />
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {count}
            </Typography>
          </Box>
        ))}
      </Box>
      {missed.length > 0 && (
        <Typography variant="body2" sx={{ mt: 1.25 }}>
          {t("admin.strategy.not_reached")}{" "}
          {missed.map(({ actor_group }) => actor_group).join(", ")}
        </Typography>
      )}
    </Panel>
  );
}
