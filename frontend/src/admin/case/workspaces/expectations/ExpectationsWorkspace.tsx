import Box from "@mui/material/Box";
import { useApi } from "../../../app/http/useApi";
import type { CaseDetail } from "../../types";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SaidBefore } from "./SaidBefore";

/** Write down goals and expectations, with what was said before at hand. */
export default function ExpectationsWorkspace(props: WorkspaceProps) {
  const { data: found } = useApi<CaseDetail>(`/cases/${props.caseId}`);
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <Intro task={props.task} />
      {found && <SaidBefore found={found} />}
      <Closing {...props} />
    </Box>
  );
}
