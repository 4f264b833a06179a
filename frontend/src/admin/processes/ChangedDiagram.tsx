import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import { type Theme, useTheme } from "@mui/material/styles";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { useEffect, useRef, useState } from "react";
import { useTranslate } from "react-admin";
import { type Difference, difference } from "./difference";
import type { ComparedDiagram } from "./types";

type Kind = keyof Difference;

interface Canvas {
  zoom: (level: "fit-viewport", centre: "auto") => number;
  addMarker: (element: string, marker: string) => void;
}

const TONES = { added: "success", changed: "warning", removed: "danger" } as const;
const KINDS = Object.keys(TONES) as Kind[];

const coloured = (theme: Theme) =>
  Object.fromEntries(
    KINDS.flatMap((kind) => {
      const { background, base } = theme.palette.tones[TONES[kind]];
      return [
        [
          `& .is-${kind}:not(.djs-connection) .djs-visual > :first-child`,
          { fill: `${background} !important`, stroke: `${base} !important` },
        ],
        [
          `& .is-${kind}.djs-connection .djs-visual > path`,
          { stroke: `${base} !important`, strokeWidth: "3px !important" },
        ],
      ];
    }),
  );

/** Mark what is drawn; forms, lanes' lists and the like have no shape of their own. */
function mark(canvas: Canvas, found: Difference, kinds: readonly Kind[]) {
  for (const kind of kinds)
    for (const id of found[kind])
      try {
        canvas.addMarker(id, `is-${kind}`);
      } catch {
        // Not a drawn element: it is counted in the legend all the same.
      }
}

function Legend({ found }: { found: Difference }) {
  const t = useTranslate();
  return (
    <Box component="ul" sx={{ display: "flex", gap: 2, flexWrap: "wrap", m: 0, p: 0 }}>
      {KINDS.map((kind) => (
        <Typography
          key={kind}
          component="li"
          variant="caption"
          sx={{ display: "inline-flex", gap: 0.75, alignItems: "center" }}
        >
          <Box
            aria-hidden
            sx={(theme) => ({
              width: 16,
              height: 12,
              borderRadius: 0.5,
              border: `2px solid ${theme.palette.tones[TONES[kind]].base}`,
              backgroundColor: theme.palette.tones[TONES[kind]].background,
            })}
          />
          {t(`admin.processes.${kind}`, { smart_count: found[kind].length })}
        </Typography>
      ))}
    </Box>
  );
}

/** A changed drawing beside the one in force: what is added, changed and removed is coloured. */
export function ChangedDiagram({ compared }: { compared: ComparedDiagram }) {
  const t = useTranslate();
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<Difference>({ added: [], changed: [], removed: [] });
  const [shown, setShown] = useState<"new" | "old">("new");
  const [broken, setBroken] = useState(false);
  const { xml, previous_xml: previous, name } = compared;

  useEffect(() => {
    if (!place.current) return;
    const viewer = new NavigatedViewer({
      container: place.current,
      bpmnRenderer: {
        defaultFillColor: theme.palette.background.paper,
        defaultStrokeColor: theme.palette.text.primary,
        defaultLabelColor: theme.palette.text.primary,
      },
    } as ConstructorParameters<typeof NavigatedViewer>[0]);
    let gone = false;
    const drawing = shown === "old" && previous !== null ? previous : xml;
    Promise.all([difference(xml, previous), viewer.importXML(drawing)])
      .then(([compare]) => {
        if (gone) return;
        const canvas = viewer.get<Canvas>("canvas");
        mark(canvas, compare, shown === "old" ? ["removed", "changed"] : ["added", "changed"]);
        canvas.zoom("fit-viewport", "auto");
        setFound(compare);
      })
      .catch(() => {
        if (!gone) setBroken(true);
      });
    return () => {
      gone = true;
      viewer.destroy();
    };
  }, [xml, previous, shown, theme]);

  if (broken) return <Alert severity="warning">{t("admin.diagram.broken")}</Alert>;
  return (
    <Box sx={{ display: "grid", gap: 1 }}>
      <Box sx={{ display: "flex", gap: 2, flexWrap: "wrap", justifyContent: "space-between" }}>
        <Typography variant="h3">{name}</Typography>
        {previous !== null && (
          <ToggleButtonGroup
            exclusive
            size="small"
            value={shown}
            aria-label={t("admin.processes.drawing")}
            onChange={(_, to: "new" | "old" | null) => to && setShown(to)}
          >
            <ToggleButton value="new">{t("admin.processes.new")}</ToggleButton>
            <ToggleButton value="old">{t("admin.processes.in_force")}</ToggleButton>
          </ToggleButtonGroup>
        )}
      </Box>
      <Box
        ref={place}
        role="group"
        aria-label={t("admin.diagram.label", { name })}
        sx={{
          position: "relative",
          height: 380,
          border: 1,
          borderColor: "divider",
          borderRadius: 1,
          overflow: "hidden",
          ...coloured(theme),
        }}
      />
      <Legend found={found} />
    </Box>
  );
}
