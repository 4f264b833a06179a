import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { ListBase, useTranslate } from "react-admin";
import { Link, useSearchParams } from "react-router-dom";
import { STAGES, Status } from "../app/status";
import type { CaseSummary } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Money } from "../app/ui/Money";
import { Page } from "../app/ui/Page";
import { type Column, RecordTable } from "../app/ui/RecordTable";
import { Due } from "../app/ui/When";
import { useMay } from "../app/useMay";
import { CaseFilters } from "../board/CaseFilters";
import { useCaseFilter } from "../board/useCaseFilter";
import { ViewSwitch } from "../board/ViewSwitch";

function OnHoldMark() {
  const t = useTranslate();
  return <>{t("admin.hold.short")}</>;
}

const COLUMNS: [Column<CaseSummary>, ...Column<CaseSummary>[]] = [
  { name: "title", label: "admin.case.title", sort: "title", render: ({ title }) => title },
  { name: "number", label: "admin.case.number", sort: "number", render: ({ number }) => number },
  {
    name: "partner",
    label: "admin.case.lead_partner",
    render: ({ lead_partner }) => lead_partner?.name ?? "–",
  },
  { name: "area", label: "admin.case.area", render: ({ area }) => area.name },
  {
    name: "stage",
    label: "admin.case.stage",
    sort: "stage_since",
    render: ({ stage, outcome }) =>
      outcome ? (
        <Status texts="cases.outcome" state={outcome} />
      ) : (
        <Status texts="cases.stage" state={stage} />
      ),
  },
  {
    name: "turn",
    label: "admin.case.turn",
    render: ({ on_hold, whose_turn }) =>
      on_hold ? <OnHoldMark /> : (whose_turn?.person_name ?? whose_turn?.label ?? "–"),
  },
  {
    name: "due",
    label: "admin.case.next_due",
    sort: "next_due",
    render: ({ next_due_on }) => <Due date={next_due_on} none="–" />,
  },
  {
    name: "sum",
    label: "admin.case.sum",
    align: "right",
    render: ({ total_ore }) => (total_ore ? <Money ore={total_ore} /> : "–"),
  },
];

function StageFilter() {
  const t = useTranslate();
  const [params, setParams] = useSearchParams();
  return (
    <TextField
      select
      label={t("admin.case.stage")}
      value={params.get("stage") ?? ""}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      sx={{ minWidth: 150 }}
      onChange={(event) =>
        setParams(
          (before) => {
            const after = new URLSearchParams(before);
            if (event.target.value) after.set("stage", event.target.value);
            else after.delete("stage");
            return after;
          },
          { replace: true },
        )
      }
    >
      <MenuItem value="">{t("admin.filter.all_stages")}</MenuItem>
      {[...STAGES, "closed"].map((stage) => (
        <MenuItem key={stage} value={stage}>
          {t(`cases.stage.${stage}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** All cases, also the closed ones, to sort and filter. */
export default function CaseList() {
  const t = useTranslate();
  const may = useMay();
  const { filter, change, query } = useCaseFilter();
  const [params] = useSearchParams();
  const stage = params.get("stage");
  return (
    <Page
      title={t("admin.menu.cases")}
      actions={
        <>
          <ViewSwitch current="list" query={query} />
          {may("case:open") && (
            <Button component={Link} to="/cases/create" variant="contained" startIcon={<Add />}>
              {t("admin.case.new")}
            </Button>
          )}
        </>
      }
    >
      <CaseFilters filter={filter} change={change}>
        <StageFilter />
      </CaseFilters>
      <ListBase
        resource="cases"
        disableSyncWithLocation
        filter={stage ? { ...filter, stage } : filter}
        sort={{ field: "number", order: "DESC" }}
        perPage={25}
      >
        <RecordTable<CaseSummary>
          label={t("admin.menu.cases")}
          columns={COLUMNS}
          to={({ id }) => `/cases/${id}/show`}
          empty={<Empty title={t("admin.case.none")} hint={t("admin.filter.widen")} />}
        />
      </ListBase>
    </Page>
  );
}
