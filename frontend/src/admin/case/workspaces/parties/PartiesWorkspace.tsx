import Box from "@mui/material/Box";
import { useApi } from "../../../app/http/useApi";
import { Loaded } from "../../../app/ui/Loaded";
import type { CaseDetail } from "../../types";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { AddParty } from "./AddParty";
import { PartyList } from "./PartyList";

/** Who takes part: see the parties, add and remove some, then confirm them. */
export default function PartiesWorkspace(props: WorkspaceProps) {
  const query = useApi<CaseDetail>(`/cases/${props.caseId}`);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Loaded query={query}>
        {(found) => (
          <>
            <PartyList found={found} />
            {found.can.includes("add_party") && <AddParty found={found} />}
          </>
        )}
      </Loaded>
      <Closing {...props} />
    </Box>
  );
}
