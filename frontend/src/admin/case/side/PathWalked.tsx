import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useMemo } from "react";
import { useTranslate } from "react-admin";
import { When } from "../../app/ui/When";
import type { DiagramProcess } from "../types";

const NAMED = /<(?:\w+:)?\w+\s[^>]*\bid="([^"]+)"[^>]*>/g;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** Element id → its name in the drawing. */
export function namesIn(xml: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const [tag, id] of xml.matchAll(NAMED)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    if (id && name) names.set(id, name);
  }
  return names;
}

interface Step {
  element: string;
  name: string;
  at: string;
  /** Hours until the next step was reached; null for the last one. */
  hours: number | null;
}

/** The named steps in the order they were reached, each with how long it took. */
export function steps(drawn: DiagramProcess): Step[] {
  const names = namesIn(drawn.xml);
  const named = drawn.path.flatMap((each) => {
    const name = each.name ?? names.get(each.element);
    return name ? [{ ...each, name }] : [];
  });
  return named.map(({ element, name, at }, index) => {
    const next = named[index + 1]?.at;
    return {
      element,
      name,
      at,
      hours: next ? Math.round((Date.parse(next) - Date.parse(at)) / HOUR_MS) : null,
    };
  });
}

function Took({ hours }: { hours: number }) {
  const t = useTranslate();
  if (hours < 1) return null;
  const days = Math.round(hours / DAY_HOURS);
  return (
    <>
      {days < 1
        ? t("admin.diagram.hours", { smart_count: hours })
        : t("admin.diagram.days", { smart_count: days })}
    </>
  );
}

/** The same path in words, for those who do not see the drawing or want the times. */
export function PathWalked({ drawn }: { drawn: DiagramProcess }) {
  const t = useTranslate();
  const walked = useMemo(() => steps(drawn), [drawn]);
  if (walked.length === 0) return null;
  return (
    <Box component="section" sx={{ mt: 2 }}>
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t("admin.diagram.path")}
      </Typography>
      <Box component="ol" sx={{ m: 0, pl: 2.5 }}>
        {walked.map((step) => (
          <Typography component="li" variant="body2" key={step.element + step.at} sx={{ py: 0.25 }}>
            <Box
              component="span"
              sx={{ fontWeight: drawn.current.includes(step.element) ? 650 : 400 }}
            >
              {step.name}
            </Box>
            <Typography variant="caption" component="span" sx={{ color: "text.secondary" }}>
              {" · "}
              <When date={step.at} withTime />
              {drawn.current.includes(step.element) && ` · ${t("admin.diagram.here")}`}
              {step.hours !== null && step.hours >= 1 && " · "}
              {step.hours !== null && <Took hours={step.hours} />}
            </Typography>
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
