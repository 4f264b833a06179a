import type { Same } from "../../app/texts/same";
import type { workspaces as nb } from "./texts.nb";

export const workspaces: Same<typeof nb> = {};
