import { createTheme, type Theme } from "@mui/material/styles";
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from "react-admin";
import { componentStyles } from "./themeComponents";
import { readTokens, type Scheme, type Tokens } from "./tokens";

declare module "@mui/material/styles" {
  interface Palette {
    tones: Tokens;
  }
  interface PaletteOptions {
    tones?: Tokens;
  }
}

const FONT = '"Inter Variable", Inter, system-ui, sans-serif';

const typography = {
  fontFamily: FONT,
  fontSize: 14,
  htmlFontSize: 16,
  h1: { fontSize: "1.5rem", fontWeight: 650, lineHeight: 1.25, letterSpacing: "-0.015em" },
  h2: { fontSize: "1.0625rem", fontWeight: 650, lineHeight: 1.35, letterSpacing: "-0.005em" },
  h3: { fontSize: "0.9375rem", fontWeight: 600, lineHeight: 1.4 },
  h6: { fontSize: "1.0625rem", fontWeight: 650 },
  subtitle1: { fontSize: "0.9375rem", lineHeight: 1.5 },
  subtitle2: { fontSize: "0.875rem", fontWeight: 400, lineHeight: 1.5 },
  body1: { fontSize: "0.9375rem", lineHeight: 1.55 },
  body2: { fontSize: "0.875rem", lineHeight: 1.5 },
  caption: { fontSize: "0.8125rem", lineHeight: 1.45 },
  button: { textTransform: "none" as const, fontWeight: 600, fontSize: "0.9rem" },
};

/** Build the admin's theme for a colour scheme from the design system's tokens. */
export function makeTheme(scheme: Scheme): RaThemeOptions {
  const { tones, paper, canvas } = readTokens(scheme);
  const base = scheme === "light" ? defaultLightTheme : defaultDarkTheme;
  const main = (tone: keyof Tokens) => ({
    main: tones[tone].base,
    dark: tones[tone].baseHover,
    light: tones[tone].border,
    contrastText: tones[tone].contrast,
  });
  return {
    ...base,
    palette: {
      mode: scheme,
      tones,
      primary: main("accent"),
      secondary: main("neutral"),
      info: main("info"),
      success: main("success"),
      warning: main("warning"),
      error: main("danger"),
      background: { default: canvas, paper },
      text: { primary: tones.neutral.text, secondary: tones.neutral.textSubtle },
      divider: scheme === "light" ? tones.neutral.hover : tones.neutral.border,
    },
    shape: { borderRadius: 8 },
    typography,
    sidebar: { width: 224, closedWidth: 56 },
    components: { ...base.components, ...componentStyles(tones, paper) },
  };
}

/** The same as a finished MUI theme, for what stands outside react-admin. */
export const muiTheme = (scheme: Scheme): Theme => createTheme(makeTheme(scheme));
