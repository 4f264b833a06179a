import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { useTranslate } from "react-admin";
import { Waiting } from "../../app/ui/Waiting";
import { NoticesTab } from "../../notices/NoticesTab";
import type { CaseDetail } from "../types";
import { DocumentsTab } from "./DocumentsTab";
import { MoneyTab } from "./MoneyTab";
import { PartiesTab } from "./PartiesTab";
import { TimelineTab } from "./TimelineTab";

const DiagramTab = lazy(() => import("./DiagramTab"));

interface TabProps {
  found: CaseDetail;
}

const TABS: Record<string, ComponentType<TabProps>> = {
  timeline: TimelineTab,
  diagram: DiagramTab,
  parties: PartiesTab,
  documents: DocumentsTab,
  money: MoneyTab,
  notices: NoticesTab,
};

/** Beside the task: what happened, where in the process it stands, who takes part, what was written. */
export function SideTabs({ found }: TabProps) {
  const t = useTranslate();
  const [tab, setTab] = useState("timeline");
  const Content = TABS[tab] ?? TimelineTab;
  return (
    <Card component="section" aria-label={t("admin.side.label")}>
      <Tabs
        value={tab}
        onChange={(_, chosen: string) => setTab(chosen)}
        variant="scrollable"
        scrollButtons={false}
        aria-label={t("admin.side.label")}
        sx={{ px: 0.5, borderBottom: 1, borderColor: "divider", "& .MuiTab-root": { px: 1.25 } }}
      >
        {Object.keys(TABS).map((name) => (
          <Tab
            key={name}
            value={name}
            id={`side-tab-${name}`}
            aria-controls={`side-panel-${name}`}
            label={t(`admin.side.${name}`)}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id={`side-panel-${tab}`}
        aria-labelledby={`side-tab-${tab}`}
        sx={{ p: 2 }}
      >
        <Suspense fallback={<Waiting lines={6} />}>
          <Content found={found} />
        </Suspense>
      </Box>
    </Card>
  );
}
