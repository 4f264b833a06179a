import Translate from "@mui/icons-material/TranslateOutlined";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Tooltip from "@mui/material/Tooltip";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { api } from "../http/api";
import { LANGUAGES, type Language, rememberLanguage } from "../language";

/** Change the language of the screens and of what the backend says in sentences. */
export function LanguageMenu() {
  const t = useTranslate();
  const client = useQueryClient();
  const [locale, setLocale] = useLocaleState();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  const choose = (language: Language) => {
    setAnchor(null);
    rememberLanguage(language);
    setLocale(language);
    void api
      .post("/me/language", { language })
      .catch(() => undefined)
      .then(() => client.invalidateQueries());
  };

  return (
    <>
      <Tooltip title={t("admin.language")}>
        <IconButton
          aria-label={t("admin.language")}
          aria-haspopup="menu"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Translate />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {LANGUAGES.map((language) => (
          <MenuItem
            key={language.locale}
            lang={language.locale}
            selected={language.locale === locale}
            onClick={() => choose(language.locale)}
          >
            {language.name}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
