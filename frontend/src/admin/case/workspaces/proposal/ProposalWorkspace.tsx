import Box from "@mui/material/Box";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import { Loaded } from "../../../app/ui/Loaded";
import type { CaseDetail } from "../../types";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SaveMark } from "../shared/SaveMark";
import { useSaved } from "../shared/useSaved";
import { Activities } from "./Activities";
import { Balance } from "./Balance";
import { Budget } from "./Budget";
import { Funding } from "./Funding";
import { Sections } from "./Sections";
import type { PlanEdit, PlanView, ProposalEdit, ProposalView } from "./types";

const proposalOf = (view: ProposalView): ProposalEdit => ({
  title: view.title,
  background: view.background,
  goals: view.goals,
  target_groups: view.target_groups,
  results: view.results,
  maintenance: view.maintenance,
  activities: view.activities,
});

const planOf = ({ lines, contributions }: PlanView): PlanEdit => ({ lines, contributions });

interface Loadings extends WorkspaceProps {
  found: CaseDetail;
  proposal: ProposalView;
  plan: PlanView;
}

function Written({ found, proposal, plan, ...props }: Loadings) {
  const t = useTranslate();
  const [tab, setTab] = useState<"text" | "money">("text");
  const text = useSaved(`/cases/${found.id}/proposal`, proposal, proposalOf);
  const money = useSaved(`/cases/${found.id}/funding-plan`, plan, planOf);
  const shown = tab === "text" ? text : money;
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Tabs value={tab} onChange={(_, chosen: "text" | "money") => setTab(chosen)}>
        <Tab value="text" label={t("admin.workspace.text")} />
        <Tab value="money" label={t("admin.workspace.money")} />
      </Tabs>
      <SaveMark saved={shown as typeof money} />
      {tab === "text" ? (
        <>
          <Sections saved={text} />
          <Activities saved={text} />
        </>
      ) : (
        <Box
          sx={{
            display: "grid",
            gap: 2,
            alignItems: "start",
            gridTemplateColumns: "repeat(auto-fit, minmax(min(420px, 100%), 1fr))",
          }}
        >
          <Budget saved={money} />
          <Funding saved={money} found={found} />
        </Box>
      )}
      <Balance plan={money.value} />
      <Closing {...props} before={() => Promise.all([text.save(), money.save()])} />
    </Box>
  );
}

/** Write the proposal: text, time plan, budget and funding, with what is missing to balance. */
export default function ProposalWorkspace(props: WorkspaceProps) {
  const found = useApi<CaseDetail>(`/cases/${props.caseId}`);
  const proposal = useApi<ProposalView>(`/cases/${props.caseId}/proposal`);
  const plan = useApi<PlanView>(`/cases/${props.caseId}/funding-plan`);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Loaded query={found}>
        {(caseDetail) => (
          <Loaded query={proposal} lines={6} height={48}>
            {(text) => (
              <Loaded query={plan} lines={6} height={36}>
                {(money) => <Written {...props} found={caseDetail} proposal={text} plan={money} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Box>
  );
}
