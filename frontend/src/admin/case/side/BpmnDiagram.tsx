import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import ZoomIn from "@mui/icons-material/ZoomIn";
import ZoomOut from "@mui/icons-material/ZoomOut";
import ZoomOutMap from "@mui/icons-material/ZoomOutMap";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import { type Theme, useTheme } from "@mui/material/styles";
import Tooltip from "@mui/material/Tooltip";
import Typography from "@mui/material/Typography";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { useEffect, useRef, useState } from "react";
import { useTranslate } from "react-admin";
import type { DiagramProcess } from "../types";

interface Canvas {
  zoom: (level: number | "fit-viewport", centre?: "auto") => number;
  addMarker: (element: string, marker: string) => void;
}

const STEP = 1.25;
const SMALLEST_READABLE = 0.75;

const drawingStyle = (theme: Theme) => {
  const { accent, success, neutral } = theme.palette.tones;
  return {
    position: "relative",
    height: { xs: 300, md: 360 },
    borderRadius: 1,
    border: 1,
    borderColor: "divider",
    overflow: "hidden",
    backgroundColor: theme.palette.background.paper,
    "& .step-done:not(.djs-connection) .djs-visual > :first-child": {
      fill: `${success.background} !important`,
      stroke: `${success.base} !important`,
    },
    "& .step-current:not(.djs-connection) .djs-visual > :first-child": {
      fill: `${accent.surface} !important`,
      stroke: `${accent.base} !important`,
      strokeWidth: "4px !important",
    },
    "& .bjs-powered-by": { opacity: 0.9, backgroundColor: "#fff", borderRadius: 1, px: 0.5 },
    "& .djs-container": { "--shape-ink": neutral.text },
  } as const;
};

/** Begin where the case stands when the whole drawing would be too small to read. */
function show(viewer: NavigatedViewer, drawn: DiagramProcess, whole: boolean) {
  const canvas = viewer.get<Canvas>("canvas");
  for (const element of drawn.done) mark(canvas, element, "step-done");
  for (const element of drawn.current) mark(canvas, element, "step-current");
  if (canvas.zoom("fit-viewport", "auto") < SMALLEST_READABLE && !whole) {
    canvas.zoom(SMALLEST_READABLE);
    const [first] = drawn.current;
    const scroll = viewer.get<{ scrollToElement?: (id: string) => void }>("canvas");
    if (first) scroll.scrollToElement?.(first);
  }
}

function mark(canvas: Canvas, element: string, marker: string) {
  try {
    canvas.addMarker(element, marker);
  } catch {
    // A step of an earlier version of the drawing: it stands in the list below.
  }
}

function Legend() {
  const t = useTranslate();
  return (
    <Box sx={{ display: "flex", gap: 2, flexWrap: "wrap", mt: 0.75 }}>
      {(["success", "accent"] as const).map((tone) => (
        <Typography
          key={tone}
          variant="caption"
          sx={{ display: "inline-flex", gap: 0.75, alignItems: "center" }}
        >
          <Box
            aria-hidden
            sx={(theme) => ({
              width: 16,
              height: 12,
              borderRadius: 0.5,
              backgroundColor: theme.palette.tones[tone].surface,
              border: `${tone === "accent" ? 3 : 1.5}px solid ${theme.palette.tones[tone].base}`,
            })}
          />
          {t(tone === "accent" ? "admin.diagram.current" : "admin.diagram.done")}
        </Typography>
      ))}
    </Box>
  );
}

interface Props {
  drawn: DiagramProcess;
  /** Fills a large dialog. */
  large?: boolean;
}

/** One process drawn by bpmn-js; its mark at the corner stays, as its licence asks. */
export function BpmnDiagram({ drawn, large = false }: Props) {
  const t = useTranslate();
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    if (!place.current) return;
    const made = new NavigatedViewer({
      container: place.current,
      bpmnRenderer: {
        defaultFillColor: theme.palette.background.paper,
        defaultStrokeColor: theme.palette.text.primary,
        defaultLabelColor: theme.palette.text.primary,
      },
    } as ConstructorParameters<typeof NavigatedViewer>[0]);
    viewer.current = made;
    let gone = false;
    made
      .importXML(drawn.xml)
      .then(() => {
        if (!gone) show(made, drawn, large);
      })
      .catch(() => {
        if (!gone) setBroken(true);
      });
    return () => {
      gone = true;
      viewer.current = null;
      made.destroy();
    };
  }, [drawn, theme, large]);

  const zoom = (factor: number | null) => {
    const canvas = viewer.current?.get<Canvas & { zoom: (level?: number) => number }>("canvas");
    if (!canvas) return;
    if (factor === null) canvas.zoom("fit-viewport", "auto");
    else canvas.zoom(canvas.zoom() * factor);
  };

  if (broken) return <Alert severity="warning">{t("admin.diagram.broken")}</Alert>;
  return (
    <>
      <Box
        ref={place}
        role="group"
        aria-label={t("admin.diagram.label", { name: drawn.name })}
        sx={{ ...drawingStyle(theme), ...(large ? { height: "calc(100dvh - 200px)" } : {}) }}
      />
      <Box
        sx={{
          display: "flex",
          justifyContent: "space-between",
          alignItems: "flex-start",
          flexWrap: "wrap",
        }}
      >
        <Legend />
        <Box>
          {(
            [
              ["admin.diagram.zoom_in", STEP, ZoomIn],
              ["admin.diagram.zoom_out", 1 / STEP, ZoomOut],
              ["admin.diagram.whole", null, ZoomOutMap],
            ] as const
          ).map(([label, factor, Icon]) => (
            <Tooltip key={label} title={t(label)}>
              <IconButton size="small" aria-label={t(label)} onClick={() => zoom(factor)}>
                <Icon fontSize="small" />
              </IconButton>
            </Tooltip>
          ))}
        </Box>
      </Box>
    </>
  );
}
