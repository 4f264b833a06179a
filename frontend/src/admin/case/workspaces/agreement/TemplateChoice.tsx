import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useTranslate } from "react-admin";
import { LANGUAGES } from "../../../app/language";
import type { Saved } from "../shared/useSaved";
import type { AgreementEdit, AgreementView } from "./types";

/** Which approved text, in which language; those meant for the leading party come first. */
export function TemplateChoice({ saved }: { saved: Saved<AgreementView, AgreementEdit> }) {
  const t = useTranslate();
  const { value, view, change, errors } = saved;
  const templates = [...view.templates].sort((one, other) => Number(other.fits) - Number(one.fits));
  const languages = templates.find(({ id }) => id === value.template_id)?.languages ?? [];
  return (
    <Box sx={{ display: "grid", gap: 1.5, gridTemplateColumns: { sm: "2fr 1fr" } }}>
      <TextField
        select
        label={t("admin.template.one")}
        value={value.template_id}
        error={Boolean(errors.template_id)}
        helperText={errors.template_id}
        onChange={(event) => change({ ...value, template_id: event.target.value, fields: {} })}
      >
        {templates.map(({ id, title, fits }) => (
          <MenuItem key={id} value={id}>
            {fits ? title : t("admin.workspace.agreement.unusual", { title })}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={t("admin.language")}
        value={languages.includes(value.language) ? value.language : ""}
        error={Boolean(errors.language)}
        helperText={errors.language}
        onChange={(event) => change({ ...value, language: event.target.value })}
      >
        {LANGUAGES.filter(({ locale }) => languages.includes(locale)).map(({ locale, name }) => (
          <MenuItem key={locale} value={locale}>
            {name}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
}
