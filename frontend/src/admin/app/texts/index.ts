import englishMessages from "ra-language-english";
import { absence as absenceEn } from "../../absences/texts.en";
import { absence as absenceNb } from "../../absences/texts.nb";
import { absence as absenceNn } from "../../absences/texts.nn";
import { bulk as bulkEn } from "../../bulk/texts.en";
import { bulk as bulkNb } from "../../bulk/texts.nb";
import { bulk as bulkNn } from "../../bulk/texts.nn";
import { workspaces as workspacesEn } from "../../case/workspaces/texts.en";
import { workspaces as workspacesNb } from "../../case/workspaces/texts.nb";
import { workspaces as workspacesNn } from "../../case/workspaces/texts.nn";
import { clause as clauseEn } from "../../clauses/texts.en";
import { clause as clauseNb } from "../../clauses/texts.nb";
import { clause as clauseNn } from "../../clauses/texts.nn";
import { letterhead as letterheadEn } from "../../letterhead/texts.en";
import { letterhead as letterheadNb } from "../../letterhead/texts.nb";
import { letterhead as letterheadNn } from "../../letterhead/texts.nn";
import { notices as noticesEn } from "../../notices/texts.en";
import { notices as noticesNb } from "../../notices/texts.nb";
import { notices as noticesNn } from "../../notices/texts.nn";
import { processes as processesEn } from "../../processes/texts.en";
import { processes as processesNb } from "../../processes/texts.nb";
import { processes as processesNn } from "../../processes/texts.nn";
import { editor as editorEn } from "../../templates/editor/texts.en";
import { editor as editorNb } from "../../templates/editor/texts.nb";
import { editor as editorNn } from "../../templates/editor/texts.nn";
import type { Language } from "../language";
import { registers as registersEn } from "./en/registers";
import { shell as shellEn } from "./en/shell";
import { work as workEn } from "./en/work";
import { reactAdmin as reactAdminNb } from "./nb/reactAdmin";
import { registers as registersNb } from "./nb/registers";
import { shell as shellNb } from "./nb/shell";
import { work as workNb } from "./nb/work";
import { reactAdmin as reactAdminNn } from "./nn/reactAdmin";
import { registers as registersNn } from "./nn/registers";
import { shell as shellNn } from "./nn/shell";
import { work as workNn } from "./nn/work";

/** The admin's own words; what the backend also says comes from the backend. */
export const ownTexts: Record<Language, { admin: Record<string, unknown>; ra: unknown }> = {
  nb: {
    admin: {
      ...shellNb,
      ...workNb,
      ...registersNb,
      workspace: workspacesNb,
      processes: processesNb,
      absence: absenceNb,
      bulk: bulkNb,
      letterhead: letterheadNb,
      notices: noticesNb,
      editor: editorNb,
      clause: clauseNb,
    },
    ra: reactAdminNb.ra,
  },
  nn: {
    admin: {
      ...shellNn,
      ...workNn,
      ...registersNn,
      workspace: workspacesNn,
      processes: processesNn,
      absence: absenceNn,
      bulk: bulkNn,
      letterhead: letterheadNn,
      notices: noticesNn,
      editor: editorNn,
      clause: clauseNn,
    },
    ra: reactAdminNn.ra,
  },
  en: {
    admin: {
      ...shellEn,
      ...workEn,
      ...registersEn,
      workspace: workspacesEn,
      processes: processesEn,
      absence: absenceEn,
      bulk: bulkEn,
      letterhead: letterheadEn,
      notices: noticesEn,
      editor: editorEn,
      clause: clauseEn,
    },
    ra: englishMessages.ra,
  },
};
