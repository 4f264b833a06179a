import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";

interface Props<S extends string> {
  sides: readonly { id: S; name: string; panel: () => ReactNode }[];
  side: S;
  onSide: (side: S) => void;
}

/** What stands beside a text that is written, one thing at a time. */
export function Sides<S extends string>({ sides, side, onSide }: Props<S>) {
  const t = useTranslate();
  return (
    <Card sx={{ position: { lg: "sticky" }, top: 64 }}>
      <Tabs
        value={side}
        onChange={(_, picked: S) => onSide(picked)}
        variant="scrollable"
        scrollButtons={false}
        aria-label={t("admin.editor.sides")}
      >
        {sides.map(({ id, name }) => (
          <Tab
            key={id}
            value={id}
            id={`side-${id}`}
            aria-controls="side-panel"
            sx={{ minWidth: 0, px: 1.5 }}
            label={name}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id="side-panel"
        aria-labelledby={`side-${side}`}
        tabIndex={0}
        sx={{ p: 2, maxHeight: { lg: "82vh" }, overflowY: "auto" }}
      >
        {sides.find(({ id }) => id === side)?.panel()}
      </Box>
    </Card>
  );
}
