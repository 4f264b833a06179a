import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { apiUrl } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { LANGUAGES } from "../app/language";
import { VersionChoice } from "../app/ui/Choice";
import { Loaded } from "../app/ui/Loaded";
import { Panel } from "../app/ui/Panel";
import { Redline } from "../app/ui/Redline";
import type { TemplateVersion, TemplateView } from "./types";

interface Compared {
  before: number;
  after: number;
  html: string;
}

/** What a draft is read beside: the text in force, else the version before it. */
function usual(template: TemplateView, after: TemplateVersion): TemplateVersion | undefined {
  const others = template.versions.filter(({ id }) => id !== after.id);
  return others.find(({ status }) => status === "in_force") ?? others.at(-1);
}

/** Two versions of a template word by word, in the browser and as PDF. */
export function Changes({ template }: { template: TemplateView }) {
  const t = useTranslate();
  const newest = template.versions.at(-1);
  const [after, setAfter] = useState(newest?.id ?? "");
  const chosen = template.versions.find(({ id }) => id === after);
  const [before, setBefore] = useState((newest && usual(template, newest)?.id) ?? "");
  const [language, setLanguage] = useState(template.languages[0] ?? "nb");
  const path = `/templates/${template.id}/versions/${after}/redline`;
  const params = { language, against: before };
  const compared = useApi<Compared>(path, params, { enabled: before !== after });
  if (template.versions.length < 2 || !chosen) return null;
  const versions = template.versions.map(({ id, number }) => ({
    id,
    name: t("admin.template.version", { number }),
  }));
  const languages = LANGUAGES.filter(({ locale }) => template.languages.includes(locale));
  return (
    <Panel
      title={t("admin.template.changes")}
      action={
        <Button
          size="small"
          href={apiUrl(`${path}.pdf`, params)}
          target="_blank"
          rel="noopener"
          disabled={before === after}
        >
          {t("admin.template.open_pdf")}
        </Button>
      }
    >
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, mb: 2 }}>
        <VersionChoice
          label={t("admin.template.from")}
          value={before}
          onChange={setBefore}
          choices={versions}
        />
        <VersionChoice
          label={t("admin.template.to")}
          value={after}
          onChange={setAfter}
          choices={versions}
        />
        <VersionChoice
          label={t("admin.language")}
          value={language}
          onChange={setLanguage}
          choices={languages.map(({ locale, name }) => ({ id: locale, name }))}
        />
      </Box>
      {before !== after && (
        <Loaded query={compared} lines={6}>
          {({ html }) => <Redline html={html} />}
        </Loaded>
      )}
    </Panel>
  );
}
