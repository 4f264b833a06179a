import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { useApi } from "../../../../app/http/useApi";
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

interface PickProps {
  label: string;
  value: number;
  versions: TextVersion[];
  onChange: (number: number) => void;
}

function Pick({ label, value, versions, onChange }: PickProps) {
  const t = useTranslate();
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
      sx={{ minWidth: 130 }}
    >
      {versions.map(({ number }) => (
        <MenuItem key={number} value={number}>
          {t("admin.workspace.versions.version", { number })}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Compare({ caseId, versions }: { caseId: string; versions: TextVersion[] }) {
  const t = useTranslate();
  const [picked, setPicked] = useState<Partial<Pair>>({});
  const [shown, setShown] = useState<Pair | null>(null);
  const [newest, last] = versions;
  if (!newest || !last) return null;
  const pair = { before: last.number, after: newest.number, ...picked };
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, alignItems: "center" }}>
      <Pick
        label={t("admin.template.from")}
        value={pair.before}
        versions={versions}
        onChange={(before) => setPicked({ ...picked, before })}
      />
      <Pick
        label={t("admin.template.to")}
        value={pair.after}
        versions={versions}
        onChange={(after) => setPicked({ ...picked, after })}
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
