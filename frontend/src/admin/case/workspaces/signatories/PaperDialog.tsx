import UploadFile from "@mui/icons-material/UploadFileOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useLocaleState, useNotify, useTranslate } from "react-admin";
import { useController } from "react-hook-form";
import { fullDate, today } from "../../../app/dates";
import { api, apiUrl } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import { TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";
import type { SignatureRequest } from "./types";

interface Paper {
  id: string;
  request_id: string;
  kept_at: string;
  status: "waiting" | "confirmed" | "refused";
}

interface Values {
  file: File | null;
  signed_on: string;
  original_seen: boolean;
}

interface Props {
  caseId: string;
  request: SignatureRequest;
  onClose: () => void;
}

/** A file must be chosen unless one came in before. */
function ChooseFile({ required }: { required: boolean }) {
  const t = useTranslate();
  const { field, fieldState } = useController({
    name: "file",
    rules: required ? { required: t("admin.form.required") } : {},
  });
  const chosen = field.value as File | null;
  return (
    <Box>
      <Button component="label" variant="outlined" startIcon={<UploadFile />}>
        {t("admin.workspace.signing.paper_file")}
        <input
          hidden
          type="file"
          accept="application/pdf,image/jpeg,image/png"
          onChange={(event) => field.onChange(event.target.files?.[0] ?? null)}
        />
      </Button>
      {chosen && <Typography variant="body2">{chosen.name}</Typography>}
      {fieldState.error && <FormHelperText error>{fieldState.error.message}</FormHelperText>}
    </Box>
  );
}

function OriginalSeen() {
  const t = useTranslate();
  const { field, fieldState } = useController({ name: "original_seen" });
  return (
    <Box>
      <FormControlLabel
        control={
          <Checkbox checked={Boolean(field.value)} onChange={(_, seen) => field.onChange(seen)} />
        }
        label={t("admin.workspace.signing.paper_seen")}
      />
      {fieldState.error && <FormHelperText error>{fieldState.error.message}</FormHelperText>}
    </Box>
  );
}

/** Take in a paper: look at what the signatory sent or add a scan, and confirm the original. */
export function PaperDialog({ caseId, request, onClose }: Props) {
  const t = useTranslate();
  const [locale = "nb"] = useLocaleState();
  const notify = useNotify();
  const [refusing, setRefusing] = useState(false);
  const base = `/cases/${caseId}/signatories`;
  const { data } = useApi<Paper[]>(`${base}/papers`);
  const waiting = (papers: Paper[]) =>
    papers.filter(({ request_id, status }) => request_id === request.id && status === "waiting");
  const newest = waiting(data ?? []).at(-1);
  const confirm = async ({ file, ...values }: Values) => {
    const kept = file ? await api.postFile<Paper[]>(`${base}/${request.id}/papers`, file) : data;
    const paper = waiting(kept ?? []).at(-1);
    if (!paper) return;
    await api.post(`${base}/papers/${paper.id}/confirm`, values);
    notify("admin.workspace.signing.paper_confirmed", { type: "success" });
  };
  if (refusing && newest) {
    return (
      <FormDialog<{ reason: string }>
        key="refuse"
        title={t("admin.workspace.signing.paper_refuse")}
        submit={t("admin.workspace.signing.paper_refuse")}
        initial={{ reason: "" }}
        act={(values) => api.post(`${base}/papers/${newest.id}/refuse`, values)}
        onClose={onClose}
      >
        <TextLine
          name="reason"
          label={t("admin.workspace.signing.paper_refuse_reason")}
          multiline
          minRows={2}
          required
        />
      </FormDialog>
    );
  }
  return (
    <FormDialog<Values>
      title={t("admin.workspace.signing.paper_named", { name: request.name })}
      intro={t("admin.workspace.signing.paper_intro")}
      submit={t("admin.workspace.signing.paper_confirm")}
      initial={{ file: null, signed_on: today(), original_seen: false }}
      act={confirm}
      onClose={onClose}
    >
      {newest && (
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
          <Link
            href={apiUrl(`${base}/papers/${newest.id}/file`)}
            target="_blank"
            rel="noopener"
            variant="body2"
          >
            {t("admin.workspace.signing.paper_sent", { when: fullDate(newest.kept_at, locale) })}
          </Link>
          <Button size="small" onClick={() => setRefusing(true)}>
            {t("admin.workspace.signing.paper_refuse")}
          </Button>
        </Box>
      )}
      <ChooseFile required={!newest} />
      <TextLine
        name="signed_on"
        label={t("admin.workspace.signing.paper_signed_on")}
        type="date"
        required
      />
      <OriginalSeen />
    </FormDialog>
  );
}
