import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { apiUrl, type Page } from "../../app/http/api";
import { useApi } from "../../app/http/useApi";
import type { CaseSummary } from "../../app/types";

interface Props {
  path: string;
  language: string;
  /** Changes with each save, so that the page shows what was saved last. */
  version: number;
}

/** The PDF as it becomes, with the example or a real case. */
export function Preview({ path, language, version }: Props) {
  const t = useTranslate();
  const [chosen, setChosen] = useState<CaseSummary | null>(null);
  const cases = useApi<Page<CaseSummary>>("/cases", { per_page: 50 }).data?.items ?? [];
  const address = apiUrl(`${path}/preview.pdf`, { language, case_id: chosen?.id, v: version });
  return (
    <Box sx={{ display: "grid", gap: 1 }}>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center" }}>
        <Autocomplete
          size="small"
          sx={{ flex: 1 }}
          options={cases}
          value={chosen}
          getOptionLabel={({ number, title }) => `${number} ${title}`}
          getOptionKey={({ id }) => id}
          isOptionEqualToValue={(one, other) => one.id === other.id}
          onChange={(_, picked) => setChosen(picked)}
          renderInput={(params) => (
            <TextField
              {...params}
              label={t("admin.editor.preview.with")}
              placeholder={t("admin.editor.preview.example")}
              slotProps={{ ...params.slotProps, inputLabel: { shrink: true } }}
            />
          )}
        />
        <Button size="small" href={address} target="_blank" rel="noopener">
          {t("admin.template.open_pdf")}
        </Button>
      </Box>
      <Box
        component="iframe"
        title={t("admin.editor.preview.title")}
        src={address}
        sx={{ width: "100%", height: "74vh", border: 0, bgcolor: "divider" }}
      />
    </Box>
  );
}
