import Box from "@mui/material/Box";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useParams } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Undelivered } from "../notices/Undelivered";
import { CaseActions } from "./CaseActions";
import { CaseFacts } from "./CaseFacts";
import { OnHold } from "./OnHold";
import { SealState } from "./SealState";
import { SideTabs } from "./side/SideTabs";
import { TaskPanel } from "./task/TaskPanel";
import type { CaseDetail } from "./types";

/** One column on a phone: task, facts, timeline. Two columns with the facts on top elsewhere. */
const areas = (wide: boolean) => ({
  xs: '"task" "facts" "side"',
  lg: wide ? '"facts" "task" "side"' : '"facts facts" "task side"',
});

/** The work gets the room; where there is none for the reader, what happened gets it. */
function columns(wide: boolean, mine: boolean): string {
  if (wide) return "minmax(0, 1fr)";
  return mine ? "minmax(0, 1.55fr) minmax(340px, 1fr)" : "minmax(300px, 1fr) minmax(0, 1.8fr)";
}

function CaseContent({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const [wide, setWide] = useState(false);
  const mine = found.tasks.some(({ can_complete }) => can_complete);
  return (
    <Page
      title={found.title}
      over={`${t("admin.case.one")} ${found.number} · ${found.area.name}`}
      actions={<CaseActions found={found} />}
    >
      <OnHold found={found} />
      <SealState caseId={found.id} />
      <Undelivered found={found} />
      <Box
        sx={{
          display: "grid",
          gap: 2,
          alignItems: "start",
          gridTemplateAreas: areas(wide),
          gridTemplateColumns: {
            xs: "minmax(0, 1fr)",
            lg: columns(wide, mine),
          },
        }}
      >
        <Box sx={{ gridArea: "task", minWidth: 0 }}>
          <TaskPanel found={found} wide={wide} onWide={setWide} />
        </Box>
        <Box sx={{ gridArea: "facts", minWidth: 0 }}>
          <CaseFacts found={found} />
        </Box>
        <Box sx={{ gridArea: "side", minWidth: 0 }}>
          <SideTabs found={found} />
        </Box>
      </Box>
    </Page>
  );
}

const LOOK_AGAIN_MS = 3000;

/** No task and not closed: the system is at work, and its outcome shows by itself. */
function whileSystemWorks(data: unknown): number | false {
  const found = data as CaseDetail | null | undefined;
  return found && found.tasks.length === 0 && found.stage !== "closed" ? LOOK_AGAIN_MS : false;
}

/** A case: where it stands, who has the ball, what is next, by when; and the work itself. */
export default function CasePage() {
  const { id = "" } = useParams();
  const query = useApi<CaseDetail>(`/cases/${id}`, {}, { again: whileSystemWorks });
  return (
    <Loaded query={query} lines={7} height={56}>
      {(found) => <CaseContent key={found.id} found={found} />}
    </Loaded>
  );
}
