import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { ListBase, useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Page } from "../app/ui/Page";
import { type Column, RecordTable } from "../app/ui/RecordTable";
import { useDelayed } from "../app/useDelayed";
import { useMay } from "../app/useMay";
import { KindText } from "./KindText";
import { PARTNER_KINDS } from "./kinds";
import type { PartnerSummary } from "./types";

const TYPING_MS = 250;

const COLUMNS: [Column<PartnerSummary>, ...Column<PartnerSummary>[]] = [
  { name: "name", label: "admin.partner.name", sort: "name", render: ({ name }) => name },
  { name: "kind", label: "admin.partner.kind", render: ({ kind }) => <KindText kind={kind} /> },
  {
    name: "number",
    label: "admin.partner.number",
    render: ({ organisation_number }) => organisation_number ?? "–",
  },
  { name: "area", label: "admin.case.area", render: ({ area }) => area?.name ?? "–" },
  { name: "city", label: "admin.partner.city", render: ({ city }) => city || "–" },
];

interface Filter {
  q: string;
  kind: string;
  area_id: string;
}

function Filters({ filter, change }: { filter: Filter; change: (part: Partial<Filter>) => void }) {
  const t = useTranslate();
  const areas = useApi<ApiPage<Named>>("/areas", { per_page: 100 }).data?.items ?? [];
  const shrunk = { select: { displayEmpty: true }, inputLabel: { shrink: true } };
  return (
    <Box component="search" sx={{ display: "flex", gap: 1.5, flexWrap: "wrap", mb: 2 }}>
      <TextField
        type="search"
        label={t("admin.filter.text")}
        value={filter.q}
        onChange={(event) => change({ q: event.target.value })}
        sx={{ flex: "1 1 200px", maxWidth: 320 }}
      />
      <TextField
        select
        label={t("admin.partner.kind")}
        value={filter.kind}
        onChange={(event) => change({ kind: event.target.value })}
        slotProps={shrunk}
        sx={{ minWidth: 200 }}
      >
        <MenuItem value="">{t("admin.partner.all_kinds")}</MenuItem>
        {PARTNER_KINDS.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {t(`partners.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={t("admin.filter.area")}
        value={filter.area_id}
        onChange={(event) => change({ area_id: event.target.value })}
        slotProps={shrunk}
        sx={{ minWidth: 160 }}
      >
        <MenuItem value="">{t("admin.filter.all_areas")}</MenuItem>
        {areas.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
}

/** Everybody to cooperate with, to find by name, kind and area. */
export default function PartnerList() {
  const t = useTranslate();
  const may = useMay();
  const [filter, setFilter] = useState<Filter>({ q: "", kind: "", area_id: "" });
  const q = useDelayed(filter.q, TYPING_MS);
  const create = may("partner:edit") && (
    <Button component={Link} to="/partners/create" variant="contained" startIcon={<Add />}>
      {t("admin.partner.new")}
    </Button>
  );
  return (
    <Page title={t("admin.menu.partners")} actions={create}>
      <Filters filter={filter} change={(part) => setFilter((before) => ({ ...before, ...part }))} />
      <ListBase
        resource="partners"
        disableSyncWithLocation
        filter={{ ...filter, q }}
        sort={{ field: "name", order: "ASC" }}
        perPage={25}
      >
        <RecordTable<PartnerSummary>
          label={t("admin.menu.partners")}
          columns={COLUMNS}
          to={({ id }) => `/partners/${id}/show`}
          empty={
            <Empty title={t("admin.partner.none")} hint={t("admin.filter.widen")} action={create} />
          }
        />
      </ListBase>
    </Page>
  );
}
