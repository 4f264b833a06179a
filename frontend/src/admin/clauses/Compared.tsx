import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import { VersionChoice } from "../app/ui/Choice";
import { LanguageChoice } from "../app/ui/LanguageChoice";
import { Loaded } from "../app/ui/Loaded";
import { Panel } from "../app/ui/Panel";
import { Redline } from "../app/ui/Redline";
import type { ClauseView } from "./types";

interface ComparedProps {
  clauseId: string;
  before: string;
  after: string;
  language: string;
  /** Read anew when this changes: the version of a draft. */
  version?: number;
}

/** Two versions word by word. */
export function Compared({ clauseId, before, after, language, version = 0 }: ComparedProps) {
  const t = useTranslate();
  const query = useApi<{ html: string }>(
    `/clauses/${clauseId}/versions/${after}/redline`,
    { against: before, language, version },
    { enabled: before !== after, keepPrevious: true },
  );
  if (before === after) return null;
  return (
    <Loaded query={query} lines={4}>
      {({ html }) =>
        /<(ins|del)>/.test(html) ? (
          <Redline html={html} />
        ) : (
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {t("admin.clause.unchanged")}
          </Typography>
        )
      }
    </Loaded>
  );
}

/** Any two versions of a clause beside each other. */
export function Comparing({ clause }: { clause: ClauseView }) {
  const t = useTranslate();
  const { versions } = clause;
  const [after, setAfter] = useState(versions.at(-1)?.id ?? "");
  const [before, setBefore] = useState(versions.at(-2)?.id ?? "");
  const [language, setLanguage] = useState("nb");
  if (versions.length < 2) return null;
  const choices = versions.map(({ id, number }) => ({
    id,
    name: t("admin.template.version", { number }),
  }));
  return (
    <Panel title={t("admin.clause.changes")}>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, mb: 2 }}>
        <VersionChoice
          label={t("admin.template.from")}
          value={before}
          choices={choices}
          onChange={setBefore}
        />
        <VersionChoice
          label={t("admin.template.to")}
          value={after}
          choices={choices}
          onChange={setAfter}
        />
        <LanguageChoice language={language} onChange={setLanguage} />
      </Box>
      <Compared clauseId={clause.id} before={before} after={after} language={language} />
    </Panel>
  );
}
