import type { Components, Theme } from "@mui/material/styles";
import type { Tokens } from "./tokens";

type Styles = Components<Omit<Theme, "components">> & Record<string, unknown>;

const focusRing = (colour: string) => ({
  "&.Mui-focusVisible, &:focus-visible": { outline: `3px solid ${colour}`, outlineOffset: 2 },
});

const buttons = (tones: Tokens): Styles => ({
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: { root: focusRing(tones.neutral.text) },
  },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: {
      root: { borderRadius: 8, paddingInline: 14, minHeight: 36 },
      sizeSmall: { minHeight: 30, paddingInline: 10 },
      outlined: { borderColor: tones.neutral.border },
    },
  },
  MuiIconButton: { styleOverrides: { root: { borderRadius: 8 } } },
  MuiLink: {
    defaultProps: { underline: "hover" },
    styleOverrides: {
      root: {
        color: tones.accent.textSubtle,
        "&:focus-visible": { outline: `3px solid ${tones.neutral.text}`, outlineOffset: 2 },
      },
    },
  },
});

const surfaces = (tones: Tokens): Styles => ({
  MuiCssBaseline: {
    styleOverrides: {
      "body, html": { fontFeatureSettings: '"cv05", "ss03"' },
      "::selection": { background: tones.accent.hover },
      "@media (prefers-reduced-motion: reduce)": {
        "*, *::before, *::after": {
          animationDuration: "0.01ms !important",
          transitionDuration: "0.01ms !important",
        },
      },
    },
  },
  MuiPaper: {
    defaultProps: { elevation: 0 },
    styleOverrides: { root: { backgroundImage: "none" } },
  },
  MuiCard: {
    styleOverrides: { root: { border: `1px solid ${tones.neutral.hover}`, boxShadow: "none" } },
  },
  MuiDialog: { styleOverrides: { paper: { border: `1px solid ${tones.neutral.hover}` } } },
  MuiTooltip: {
    defaultProps: { arrow: true, enterDelay: 300 },
    styleOverrides: { tooltip: { fontSize: "0.8125rem" } },
  },
  MuiChip: { styleOverrides: { root: { borderRadius: 6, fontWeight: 550 } } },
  MuiAlert: { styleOverrides: { root: { borderRadius: 8, alignItems: "center" } } },
  MuiTab: { styleOverrides: { root: { minHeight: 44, paddingInline: 12, minWidth: 0 } } },
  MuiTabs: { styleOverrides: { root: { minHeight: 44 } } },
});

const dataEntry = (tones: Tokens, paper: string): Styles => ({
  MuiTextField: { defaultProps: { variant: "outlined", size: "small" } },
  MuiFormControl: { defaultProps: { variant: "outlined", size: "small" } },
  MuiOutlinedInput: {
    styleOverrides: {
      root: { backgroundColor: paper },
      notchedOutline: { borderColor: tones.neutral.border },
    },
  },
  MuiFormHelperText: {
    styleOverrides: {
      // What a field waits for must be readable while the field cannot be used yet.
      root: { marginInline: 2, "&.Mui-disabled": { color: tones.neutral.textSubtle } },
    },
  },
  MuiTableCell: {
    styleOverrides: {
      root: { borderColor: tones.neutral.hover, padding: "9px 12px" },
      head: {
        fontWeight: 600,
        fontSize: "0.8125rem",
        whiteSpace: "nowrap",
        color: tones.neutral.textSubtle,
        backgroundColor: "transparent",
      },
    },
  },
  RaDataTable: {
    styleOverrides: {
      root: { "& .RaDataTable-headerCell": { backgroundColor: "transparent" } },
    },
  },
  RaList: { styleOverrides: { root: { "& .RaList-content": { boxShadow: "none" } } } },
});

/** How MUI's and react-admin's components look here. */
export const componentStyles = (tones: Tokens, paper: string): Styles => ({
  ...buttons(tones),
  ...surfaces(tones),
  ...dataEntry(tones, paper),
});
