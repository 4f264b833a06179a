import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useTranslate } from "react-admin";
import type { Page as ApiPage } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import type { Named } from "../../../app/types";
import type { Arranged } from "./types";

/** Who signs for the municipality, when all the others have. */
export function Countersigner({ saved }: { saved: Arranged }) {
  const t = useTranslate();
  const { value, change, errors } = saved;
  const people =
    useApi<ApiPage<Named>>("/people", { role: "decision_maker", per_page: 200 }).data?.items ?? [];
  return (
    <Autocomplete
      options={people}
      value={people.find(({ id }) => id === value.countersigner_id) ?? null}
      getOptionLabel={({ name }) => name}
      getOptionKey={({ id }) => id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, chosen) => change({ ...value, countersigner_id: chosen?.id ?? null })}
      renderInput={(params) => (
        <TextField
          {...params}
          label={t("admin.workspace.signing.countersigner")}
          error={Boolean(errors.countersigner_id)}
          helperText={errors.countersigner_id ?? t("admin.workspace.signing.countersigner_help")}
        />
      )}
    />
  );
}
