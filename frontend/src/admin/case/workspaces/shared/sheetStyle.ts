/** Where there is no room for columns, a row is a card with its labels in it. */
const NARROW = "@container (max-width: 479px)";

const unseen = {
  position: "absolute",
  width: "1px",
  height: "1px",
  overflow: "hidden",
  clipPath: "inset(50%)",
} as const;

/** How a sheet looks: ruled cells, quiet heads, the empty row at the end a little paler. */
export const sheetStyle = {
  width: "100%",
  borderCollapse: "collapse",
  tableLayout: "fixed",
  fontSize: "0.875rem",
  "& th": {
    textAlign: "left",
    fontSize: "0.8125rem",
    fontWeight: 600,
    px: 1,
    py: 0.75,
    color: "text.secondary",
  },
  "& .row > td": { border: 1, borderColor: "divider", p: 0, verticalAlign: "top" },
  "& .row.blank > td:not(.act)": { borderStyle: "dashed", color: "text.secondary" },
  "& td.act, & .row > td.act": { border: 0, width: 36, pl: 0.25, textAlign: "center" },
  "& td.sum": {
    px: 1,
    py: 0.75,
    textAlign: "right",
    fontWeight: 650,
    fontVariantNumeric: "tabular-nums",
  },
  [NARROW]: {
    "&, & tbody, & tfoot": { display: "block" },
    "& thead": unseen,
    "& .row": {
      display: "grid",
      gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)",
      position: "relative",
      mb: 1,
      border: 1,
      borderColor: "divider",
      borderRadius: 1,
      overflow: "hidden",
    },
    "& .row.blank": { borderStyle: "dashed" },
    "& .row > td": { border: 0 },
    "& .row > td:first-of-type": { gridColumn: "1 / 3", pr: 5 },
    "& .row > td:nth-of-type(4):not(.act), & .row > td.text:not(:first-of-type)": {
      gridColumn: "1 / 3",
    },
    "& .row > td.act": { position: "absolute", top: 4, right: 4, width: "auto" },
    "& .row > td.money input": { textAlign: "left" },
    "& .row > td:not(.act)::before": {
      content: "attr(data-label)",
      display: "block",
      px: 1,
      pt: 0.75,
      fontSize: "0.75rem",
      fontWeight: 600,
      color: "text.secondary",
    },
    "& tfoot tr": { display: "flex", justifyContent: "space-between" },
    "& tfoot .act": { display: "none" },
  },
} as const;
