import UploadFile from "@mui/icons-material/UploadFileOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Panel } from "../app/ui/Panel";
import { ComparisonPanel } from "./ComparisonPanel";
import type { Finding, Upload, Versions } from "./types";

/** Return where a loose form or list of names belongs, once its process has been picked. */
export function placed(name: string, folder: string) {
  if (!folder || name.includes("/") || !name.endsWith(".json")) return name;
  return name === "names.json" ? `${folder}/${name}` : `${folder}/forms/${name}`;
}

/** Read the chosen files; a chosen folder tells where each belongs. */
export function readFiles(chosen: Iterable<File>, folder: string) {
  return Promise.all(
    [...chosen].map(async (file) => ({
      path: placed(file.webkitRelativePath || file.name, folder),
      content: await file.text(),
    })),
  );
}

export function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslate();
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
      {findings.map(({ file, element, reason, level }) => (
        <li key={`${file}/${element}/${reason}`}>
          <Typography component="span" variant="body2" sx={{ overflowWrap: "anywhere" }}>
            <strong>{t(`admin.processes.${level}`)}</strong> {file}, {element}: {reason}
          </Typography>
        </li>
      ))}
    </Box>
  );
}

/** Upload changed files: what the check finds, and what would be another. */
export function UploadPanel() {
  const t = useTranslate();
  const [done, setDone] = useState<Upload | null>(null);
  const [folder, setFolder] = useState("");
  const found = useApi<Versions>("/process-versions");
  const upload = useAct(
    async (files: readonly File[]) =>
      api.post<Upload>("/process-versions/uploads", { files: await readFiles(files, folder) }),
    { onDone: setDone },
  );
  return (
    <>
      <Panel title={t("admin.processes.upload")}>
        <Box sx={{ display: "grid", gap: 1.5, justifyItems: "start" }}>
          <Typography variant="body2">{t("admin.processes.upload_help")}</Typography>
          <TextField
            select
            size="small"
            label={t("admin.processes.folder")}
            helperText={t("admin.processes.folder_help")}
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
            slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
            sx={{ width: "100%", maxWidth: 420 }}
          >
            <option value="">{t("admin.processes.by_itself")}</option>
            {found.data?.folders.map(({ process, name }) => (
              <option key={process} value={process}>
                {name}
              </option>
            ))}
          </TextField>
          <Button
            component="label"
            variant="outlined"
            startIcon={<UploadFile />}
            disabled={upload.isPending}
          >
            {t("admin.processes.choose")}
            <input
              hidden
              multiple
              type="file"
              accept=".bpmn,.dmn,.json"
              onChange={(event) => {
                upload.mutate([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
          </Button>
          {done && (
            <Alert severity={done.accepted ? "success" : "error"} sx={{ width: "100%" }}>
              {t(done.accepted ? "admin.processes.accepted" : "admin.processes.refused")}
              <Findings findings={done.findings} />
            </Alert>
          )}
        </Box>
      </Panel>
      {done?.comparisons.map((compared) => (
        <ComparisonPanel key={compared.process} compared={compared} />
      ))}
    </>
  );
}
