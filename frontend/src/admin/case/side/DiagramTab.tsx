import OpenInFull from "@mui/icons-material/OpenInFull";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../../app/http/useApi";
import { Empty } from "../../app/ui/Empty";
import { Loaded } from "../../app/ui/Loaded";
import type { CaseDetail, DiagramProcess } from "../types";
import { BpmnDiagram } from "./BpmnDiagram";
import { PathWalked } from "./PathWalked";

interface Diagram {
  processes: DiagramProcess[];
}

/** The process where the case stands now: the one with a present step that calls no other. */
export function presentProcess(processes: readonly DiagramProcess[]): string {
  const standing = processes.filter(({ current }) => current.length > 0);
  return (standing.at(-1) ?? processes.at(-1))?.process ?? "";
}

function Processes({ processes }: Diagram) {
  const t = useTranslate();
  const [chosen, setChosen] = useState("");
  const [large, setLarge] = useState(false);
  const names = processes.map(({ process }) => process);
  const shown = names.includes(chosen) ? chosen : presentProcess(processes);
  const drawn = processes.find(({ process }) => process === shown);
  if (!drawn) return <Empty title={t("admin.diagram.none")} />;
  return (
    <>
      <Tabs
        value={shown}
        onChange={(_, name: string) => setChosen(name)}
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t("admin.diagram.processes")}
        sx={{ mb: 1, minHeight: 36, "& .MuiTab-root": { minHeight: 36, fontSize: "0.8125rem" } }}
      >
        {processes.map(({ process, name, current }) => (
          <Tab
            key={process}
            value={process}
            label={current.length > 0 ? `${name} · ${t("admin.diagram.here")}` : name}
          />
        ))}
      </Tabs>
      <BpmnDiagram key={drawn.process} drawn={drawn} />
      <Button size="small" startIcon={<OpenInFull />} onClick={() => setLarge(true)}>
        {t("admin.diagram.large")}
      </Button>
      <PathWalked drawn={drawn} />
      <Dialog open={large} onClose={() => setLarge(false)} fullWidth maxWidth={false}>
        <DialogTitle>{drawn.name}</DialogTitle>
        <DialogContent>
          <BpmnDiagram drawn={drawn} large />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setLarge(false)}>{t("ra.action.close")}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

/** The process as it is drawn, with the path walked and where the case stands. */
export default function DiagramTab({ found }: { found: CaseDetail }) {
  const query = useApi<Diagram>(`/cases/${found.id}/diagram`);
  return (
    <Box>
      <Loaded query={query} lines={6} height={40}>
        {({ processes }) => <Processes processes={processes} />}
      </Loaded>
    </Box>
  );
}
