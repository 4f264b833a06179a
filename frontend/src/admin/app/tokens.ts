/** Colours and type of the design system, read from its theme file: one source with the portal. */
export type Scheme = "light" | "dark";
export type Tone = "accent" | "neutral" | "info" | "success" | "warning" | "danger";

export interface ToneColours {
  background: string;
  surface: string;
  hover: string;
  border: string;
  borderStrong: string;
  text: string;
  textSubtle: string;
  base: string;
  baseHover: string;
  contrast: string;
}

export type Tokens = Record<Tone, ToneColours>;

const NAMES: Record<keyof ToneColours, string> = {
  background: "background-tinted",
  surface: "surface-tinted",
  hover: "surface-hover",
  border: "border-subtle",
  borderStrong: "border-strong",
  text: "text-default",
  textSubtle: "text-subtle",
  base: "base-default",
  baseHover: "base-hover",
  contrast: "base-contrast-default",
};

const TONES: readonly Tone[] = ["accent", "neutral", "info", "success", "warning", "danger"];

/** What is drawn where no theme file is loaded (component tests). */
const PLAIN: Record<Scheme, ToneColours> = {
  light: {
    background: "#f3f3f4",
    surface: "#e8e8e9",
    hover: "#d9dadb",
    border: "#bbbcbd",
    borderStrong: "#5b5d60",
    text: "#292c30",
    textSubtle: "#5b5d60",
    base: "#24272b",
    baseHover: "#36383c",
    contrast: "#ffffff",
  },
  dark: {
    background: "#1e2022",
    surface: "#2c2e31",
    hover: "#343538",
    border: "#4e5052",
    borderStrong: "#a7a8a9",
    text: "#ececec",
    textSubtle: "#a7a8a9",
    base: "#aaabad",
    baseHover: "#959698",
    contrast: "#000000",
  },
};

export interface SchemeTokens {
  tones: Tokens;
  paper: string;
  canvas: string;
}

/** Read the tokens of a colour scheme from the loaded theme file. */
export function readTokens(scheme: Scheme): SchemeTokens {
  const probe = document.createElement("div");
  probe.dataset.colorScheme = scheme;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const read = (tone: Tone, name: string, plain: string): string =>
    style.getPropertyValue(`--ds-color-${tone}-${name}`).trim() || plain;
  const toneOf = (tone: Tone): ToneColours => {
    const colours = { ...PLAIN[scheme] };
    for (const key of Object.keys(NAMES) as (keyof ToneColours)[]) {
      colours[key] = read(tone, NAMES[key], colours[key]);
    }
    return colours;
  };
  const tones = Object.fromEntries(TONES.map((tone) => [tone, toneOf(tone)])) as Tokens;
  const light = scheme === "light";
  const tokens = {
    tones,
    paper: read(
      "neutral",
      light ? "surface-default" : "background-tinted",
      light ? "#fff" : "#1e2022",
    ),
    canvas: read(
      "neutral",
      light ? "background-tinted" : "background-default",
      PLAIN[scheme].background,
    ),
  };
  probe.remove();
  return tokens;
}
