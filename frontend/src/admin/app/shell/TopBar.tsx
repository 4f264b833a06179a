import Menu from "@mui/icons-material/Menu";
import Search from "@mui/icons-material/Search";
import Box from "@mui/material/Box";
import ButtonBase from "@mui/material/ButtonBase";
import IconButton from "@mui/material/IconButton";
import { useCallback, useState } from "react";
import { useTranslate } from "react-admin";
import { LanguageMenu } from "./LanguageMenu";
import { MeMenu } from "./MeMenu";
import { SearchDialog } from "./SearchDialog";
import { ThemeSwitch } from "./ThemeSwitch";
import { useShortcut } from "./useShortcut";

const isMac = navigator.platform.startsWith("Mac");

function SearchButton({ onClick }: { onClick: () => void }) {
  const t = useTranslate();
  return (
    <ButtonBase
      onClick={onClick}
      aria-keyshortcuts="Control+K Meta+K"
      sx={(theme) => ({
        flex: "0 1 420px",
        minWidth: 0,
        height: 38,
        px: 1.5,
        gap: 1,
        justifyContent: "flex-start",
        border: `1px solid ${theme.palette.tones.neutral.border}`,
        borderRadius: 1,
        color: "text.secondary",
        backgroundColor: "background.paper",
        fontSize: "0.9rem",
        fontFamily: "inherit",
        "&:hover": { borderColor: theme.palette.tones.neutral.borderStrong },
      })}
    >
      <Search aria-hidden sx={{ fontSize: 20 }} />
      <Box
        component="span"
        sx={{
          flex: 1,
          textAlign: "left",
          overflow: "hidden",
          textOverflow: "ellipsis",
          whiteSpace: "nowrap",
        }}
      >
        {t("admin.search.open")}
      </Box>
      <Box
        component="kbd"
        sx={(theme) => ({
          display: { xs: "none", sm: "inline" },
          fontFamily: "inherit",
          fontSize: "0.75rem",
          px: 0.75,
          borderRadius: 0.5,
          backgroundColor: theme.palette.tones.neutral.background,
          border: `1px solid ${theme.palette.tones.neutral.hover}`,
        })}
      >
        {isMac ? "⌘K" : "Ctrl K"}
      </Box>
    </ButtonBase>
  );
}

/** Search, language, light and dark, me. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  const t = useTranslate();
  const [searching, setSearching] = useState(false);
  useShortcut(
    "k",
    useCallback(() => setSearching(true), []),
  );
  return (
    <Box
      component="header"
      sx={(theme) => ({
        position: "sticky",
        top: 0,
        zIndex: theme.zIndex.appBar,
        height: 60,
        display: "flex",
        alignItems: "center",
        gap: { xs: 0.5, sm: 1 },
        px: { xs: 1, sm: 2.5, lg: 3 },
        borderBottom: 1,
        borderColor: "divider",
        backgroundColor: "background.paper",
      })}
    >
      <IconButton
        onClick={onMenu}
        aria-label={t("ra.action.open_menu")}
        sx={{ display: { md: "none" } }}
      >
        <Menu />
      </IconButton>
      <SearchButton onClick={() => setSearching(true)} />
      <Box sx={{ flex: 1 }} />
      <LanguageMenu />
      <ThemeSwitch />
      <MeMenu />
      <SearchDialog open={searching} onClose={() => setSearching(false)} />
    </Box>
  );
}
