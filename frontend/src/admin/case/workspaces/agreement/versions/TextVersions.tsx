import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { useApi } from "../../../../app/http/useApi";
import { VersionChoice } from "../../../../app/ui/Choice";
import { Loaded } from "../../../../app/ui/Loaded";
import { When } from "../../../../app/ui/When";
import { Comparison, type Pair } from "./Comparison";

export interface TextVersion {
  number: number;
  occasion: "reading" | "review" | "signature" | "asked";
  made_at: string;
  made_by: string;
}

export interface TextVersionsView {
  /** The newest first. */
  versions: TextVersion[];
  may_keep: boolean;
}

function Version({ version }: { version: TextVersion }) {
  const t = useTranslate();
  return (
    <Box component="li" sx={{ py: 0.75, "& + &": { borderTop: 1, borderColor: "divider" } }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t("admin.workspace.versions.version", { number: version.number })}
        {": "}
        {t(`admin.workspace.versions.occasion.${version.occasion}`)}
      </Typography>
      <Typography variant="body2" sx={{ color: "text.secondary" }}>
        {version.made_by && `${version.made_by}, `}
        <When date={version.made_at} withTime />
      </Typography>
    </Box>
  );
}

function Compare({ caseId, versions }: { caseId: string; versions: TextVersion[] }) {
  const t = useTranslate();
  const [picked, setPicked] = useState<Partial<Pair>>({});
  const [shown, setShown] = useState<Pair | null>(null);
  const [newest, last] = versions;
  if (!newest || !last) return null;
  const pair = { before: last.number, after: newest.number, ...picked };
  const choices = versions.map(({ number }) => ({
    id: String(number),
    name: t("admin.workspace.versions.version", { number }),
  }));
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, alignItems: "center" }}>
      <VersionChoice
        label={t("admin.template.from")}
        value={String(pair.before)}
        choices={choices}
        onChange={(before) => setPicked({ ...picked, before: Number(before) })}
      />
      <VersionChoice
        label={t("admin.template.to")}
        value={String(pair.after)}
        choices={choices}
        onChange={(after) => setPicked({ ...picked, after: Number(after) })}
      />
      <Button
        size="small"
        variant="outlined"
        disabled={pair.before === pair.after}
        onClick={() => setShown(pair)}
      >
        {t("admin.workspace.versions.compare")}
      </Button>
      {shown && <Comparison caseId={caseId} pair={shown} onClose={() => setShown(null)} />}
    </Box>
  );
}

/** The texts of the case's agreements as they were kept: when, why, by whom; any two compared. */
export function TextVersions({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const path = `/cases/${caseId}/agreement/versions`;
  const query = useApi<TextVersionsView>(path);
  const keep = useAct(() => api.post(`${path}/keep`), {
    onDone: () => notify("admin.workspace.versions.kept", { type: "success" }),
  });
  return (
    <Loaded query={query} lines={2}>
      {({ versions, may_keep }) => (
        <Box sx={{ display: "grid", gap: 1.5 }}>
          {versions.length === 0 && (
            <Typography variant="body2" sx={{ color: "text.secondary" }}>
              {t("admin.workspace.versions.none")}
            </Typography>
          )}
          {versions.length > 0 && (
            <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
              {versions.map((version) => (
                <Version key={version.number} version={version} />
              ))}
            </Box>
          )}
          <Compare caseId={caseId} versions={versions} />
          {may_keep && (
            <Button
              size="small"
              variant="outlined"
              disabled={keep.isPending}
              onClick={() => keep.mutate(undefined)}
              sx={{ justifySelf: "start" }}
            >
              {t("admin.workspace.versions.keep")}
            </Button>
          )}
        </Box>
      )}
    </Loaded>
  );
}
