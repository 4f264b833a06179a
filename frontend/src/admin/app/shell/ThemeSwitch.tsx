import DarkMode from "@mui/icons-material/DarkModeOutlined";
import LightMode from "@mui/icons-material/LightModeOutlined";
import IconButton from "@mui/material/IconButton";
import { useTheme as useMuiTheme } from "@mui/material/styles";
import Tooltip from "@mui/material/Tooltip";
import { useTheme, useTranslate } from "react-admin";

/** Light or dark; the first choice is the system's. */
export function ThemeSwitch() {
  const t = useTranslate();
  const dark = useMuiTheme().palette.mode === "dark";
  const [, setTheme] = useTheme();
  const label = t(dark ? "admin.theme.light" : "admin.theme.dark");
  return (
    <Tooltip title={label}>
      <IconButton
        aria-label={label}
        onClick={() => setTheme(dark ? "light" : "dark")}
        sx={{ display: { xs: "none", sm: "inline-flex" } }}
      >
        {dark ? <LightMode /> : <DarkMode />}
      </IconButton>
    </Tooltip>
  );
}
