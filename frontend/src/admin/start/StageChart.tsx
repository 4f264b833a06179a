import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { STAGES } from "../app/status";
import type { StagePulse } from "./types";

const ROW_HEIGHT = 30;
const LABEL_WIDTH = 118;

interface Props {
  stages: readonly StagePulse[];
  colour: string;
  ink: string;
}

/** Cases by stage as bars with their counts; the same numbers as text for those who do not see it. */
export default function StageChart({ stages, colour, ink }: Props) {
  const t = useTranslate();
  const rows = STAGES.map((stage) => ({
    name: t(`cases.stage.${stage}`),
    count: stages.find((each) => each.stage === stage)?.count ?? 0,
  }));
  const inWords = rows.map(({ name, count }) => `${name}: ${count}`).join(", ");
  return (
    <Box role="img" aria-label={t("admin.start.chart", { text: inWords })}>
      <ResponsiveContainer width="100%" height={rows.length * ROW_HEIGHT}>
        <BarChart
          data={rows}
          layout="vertical"
          margin={{ left: 0, right: 28, top: 0, bottom: 0 }}
          barCategoryGap={7}
        >
          <XAxis type="number" hide />
          <YAxis
            type="category"
            dataKey="name"
            width={LABEL_WIDTH}
            axisLine={false}
            tickLine={false}
            tick={{ fontSize: 13, fill: ink }}
          />
          <Bar
            dataKey="count"
            fill={colour}
            radius={[3, 3, 3, 3]}
            minPointSize={2}
            isAnimationActive={false}
          >
            <LabelList dataKey="count" position="right" fontSize={13} fill={ink} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </Box>
  );
}
