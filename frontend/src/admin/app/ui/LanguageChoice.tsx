import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { useTranslate } from "react-admin";
import { LANGUAGES } from "../language";

interface Props {
  language: string;
  /** The languages there are; all of ours where nothing is said. */
  among?: readonly string[];
  onChange: (language: string) => void;
}

/** In which language a text is read or written. */
export function LanguageChoice({ language, among, onChange }: Props) {
  const t = useTranslate();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={language}
      aria-label={t("admin.language")}
      onChange={(_, picked: string | null) => picked && onChange(picked)}
      sx={{ bgcolor: "background.paper" }}
    >
      {LANGUAGES.filter(({ locale }) => !among || among.includes(locale)).map(
        ({ locale, name }) => (
          <ToggleButton key={locale} value={locale}>
            {name}
          </ToggleButton>
        ),
      )}
    </ToggleButtonGroup>
  );
}
