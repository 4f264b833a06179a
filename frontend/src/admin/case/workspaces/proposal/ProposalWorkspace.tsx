import Box from "@mui/material/Box";
import { useTheme } from "@mui/material/styles";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type ReactNode, useState } from "react";
import { useTranslate } from "react-admin";
import type { FieldProblem } from "../../../app/http/problem";
import { useApi } from "../../../app/http/useApi";
import { Loaded } from "../../../app/ui/Loaded";
import type { CaseDetail } from "../../types";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { marksBelow } from "../shared/marks";
import { SaveMark } from "../shared/SaveMark";
import { useFirstMark } from "../shared/useFirstMark";
import { useSaved } from "../shared/useSaved";
import { Activities } from "./Activities";
import { Balance } from "./Balance";
import { Budget } from "./Budget";
import type { Giver } from "./balance";
import { Funding } from "./Funding";
import { ReadingsPanel } from "./readings/ReadingsPanel";
import { Sections } from "./Sections";
import { TabLabel } from "./TabLabel";
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

const sideBySide = {
  display: "grid",
  gap: 2.5,
  alignItems: "start",
  gridTemplateColumns: "repeat(auto-fit, minmax(min(430px, 100%), 1fr))",
} as const;

const planOf = ({ lines, contributions }: PlanView): PlanEdit => ({ lines, contributions });

interface Loadings extends WorkspaceProps {
  found: CaseDetail;
  proposal: ProposalView;
  plan: PlanView;
}

const TABS = ["text", "money"] as const;
type TabName = (typeof TABS)[number];

/** Both parts stay drawn, so that nothing half typed is lost by looking at the other. */
function Part({ name, shown, children }: { name: TabName; shown: TabName; children: ReactNode }) {
  return (
    <Box
      role="tabpanel"
      id={`proposal-${name}`}
      aria-labelledby={`proposal-tab-${name}`}
      hidden={name !== shown}
      sx={{
        display: "grid",
        gap: 2.5,
        gridTemplateColumns: "minmax(0, 1fr)",
        "&[hidden]": { display: "none" },
      }}
    >
      {children}
    </Box>
  );
}

function Written({ found, proposal, plan, ...props }: Loadings) {
  const t = useTranslate();
  const [tab, setTab] = useState<TabName>("text");
  const text = useSaved(`/cases/${found.id}/proposal`, proposal, proposalOf);
  const money = useSaved(`/cases/${found.id}/funding-plan`, plan, planOf);
  const narrow = useMediaQuery(useTheme().breakpoints.down("sm"));
  const { room, goToFirst, hasUnreadable } = useFirstMark();
  const wrong: Record<TabName, number> = {
    text: Object.keys(text.errors).length,
    money: Object.keys(money.errors).length,
  };
  const givers: Giver[] = [
    { party_id: null, name: t("admin.workspace.funding.municipality") },
    ...found.parties.map(({ id, partner }) => ({ party_id: id, name: partner.name })),
  ];
  const place = (problems: FieldProblem[]): FieldProblem[] => {
    const marks = {
      text: marksBelow(problems, "proposal"),
      money: marksBelow(problems, "funding_plan"),
    };
    text.mark(marks.text);
    money.mark(marks.money);
    const first = TABS.find((name) => Object.keys(marks[name]).length > 0);
    if (first) {
      setTab(first);
      goToFirst();
    }
    return problems.filter(({ pointer }) => !/^\/(proposal|funding_plan)\//.test(pointer));
  };
  const saveBoth = async () => {
    if (hasUnreadable()) {
      setTab("money");
      goToFirst();
      return false;
    }
    return (await Promise.all([text.save(), money.save()])).every(Boolean);
  };
  return (
    <Box ref={room} sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
        <Tabs
          value={tab}
          onChange={(_, chosen: TabName) => setTab(chosen)}
          aria-label={t("admin.workspace.parts")}
          variant={narrow ? "fullWidth" : "standard"}
          sx={{ flex: "1 1 auto" }}
        >
          {TABS.map((name) => (
            <Tab
              key={name}
              value={name}
              id={`proposal-tab-${name}`}
              aria-controls={`proposal-${name}`}
              label={<TabLabel wrong={wrong[name]}>{t(`admin.workspace.${name}`)}</TabLabel>}
            />
          ))}
        </Tabs>
        <SaveMark saved={[text, money]} />
      </Box>
      <Part name="text" shown={tab}>
        <Sections saved={text} />
        <Activities saved={text} />
      </Part>
      <Part name="money" shown={tab}>
        <Box sx={sideBySide}>
          <Budget saved={money} />
          <Funding saved={money} givers={givers} />
        </Box>
      </Part>
      <Balance plan={money.value} givers={givers} />
      <ReadingsPanel
        caseId={found.id}
        before={saveBoth}
        stamp={`${text.view.version}/${money.view.version}`}
      />
      <Closing {...props} before={saveBoth} onProblems={place} />
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
