import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslate } from "react-admin";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import { useDelayed } from "../app/useDelayed";
import type { CaseFilter, ChangeFilter } from "./useCaseFilter";

const TYPING_MS = 250;

function TextFilter({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const t = useTranslate();
  const [text, setText] = useState(value);
  const settled = useDelayed(text, TYPING_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the filter
  useEffect(() => {
    if (settled !== value) onChange(settled);
  }, [settled]);
  return (
    <TextField
      label={t("admin.filter.text")}
      type="search"
      value={text}
      onChange={(event) => setText(event.target.value)}
      sx={{ flex: "1 1 140px", maxWidth: 240 }}
    />
  );
}

interface Props {
  filter: CaseFilter;
  change: ChangeFilter;
  /** Further filters that only one view has. */
  children?: ReactNode;
}

/** Area, responsible, late, text: the same filter for board and list. */
export function CaseFilters({ filter, change, children }: Props) {
  const t = useTranslate();
  const areas = useApi<ApiPage<Named>>("/areas", { per_page: 100 }).data?.items ?? [];
  const people =
    useApi<ApiPage<Named>>("/people", { role: "liaison", per_page: 200 }).data?.items ?? [];
  const responsible = people.find(({ id }) => id === filter.responsible_id) ?? null;
  return (
    <Box
      component="search"
      aria-label={t("admin.filter.label")}
      sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, alignItems: "center", mb: 2 }}
    >
      <TextFilter value={filter.q ?? ""} onChange={(q) => change({ q })} />
      <TextField
        select
        label={t("admin.filter.area")}
        value={areas.length > 0 ? (filter.area_id ?? "") : ""}
        onChange={(event) => change({ area_id: event.target.value })}
        sx={{ minWidth: 150, flex: "0 1 180px" }}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{t("admin.filter.all_areas")}</MenuItem>
        {areas.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <Autocomplete
        options={people}
        value={responsible}
        getOptionLabel={({ name }) => name}
        getOptionKey={({ id }) => id}
        isOptionEqualToValue={(one, other) => one.id === other.id}
        onChange={(_, chosen) => change({ responsible_id: chosen?.id })}
        renderInput={(params) => <TextField {...params} label={t("admin.filter.responsible")} />}
        sx={{ flex: "1 1 160px", maxWidth: 220 }}
      />
      {children}
      <FormControlLabel
        control={
          <Switch
            checked={filter.late === "true"}
            onChange={(_, late) => change({ late: late ? "true" : undefined })}
          />
        }
        label={t("admin.filter.late")}
      />
    </Box>
  );
}
