import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";
import { Redline } from "../../../../app/ui/Redline";
import { When } from "../../../../app/ui/When";
import type { Suggestion } from "./types";

interface Props {
  path: string;
  suggestion: Suggestion;
  mayAnswer: boolean;
}

const COLOUR = { open: "warning", accepted: "success", rejected: "default" } as const;

function Reject({ path, onClose }: { path: string; onClose: () => void }) {
  const t = useTranslate();
  return (
    <FormDialog<{ reason: string }>
      title={t("admin.workspace.discussion.reject")}
      intro={t("admin.workspace.discussion.reject_intro")}
      submit={t("admin.workspace.discussion.reject")}
      initial={{ reason: "" }}
      act={(values) => api.post(`${path}/reject`, values)}
      onClose={onClose}
    >
      <TextLine
        name="reason"
        label={t("admin.workspace.discussion.reason")}
        multiline
        minRows={3}
        required
      />
    </FormDialog>
  );
}

/** A change that a partner suggests: take it into the draft, or say no with a reason. */
export function SuggestionCard({ path, suggestion, mayAnswer }: Props) {
  const t = useTranslate();
  const notify = useNotify();
  const [rejecting, setRejecting] = useState(false);
  const own = `${path}/suggestions/${suggestion.id}`;
  const accept = useAct(() => api.post(`${own}/accept`), {
    onDone: () => notify("admin.workspace.discussion.accepted", { type: "success" }),
  });
  const { status, who, of, heading, reason, answer, answered_by } = suggestion;
  return (
    <Box component="li" sx={{ display: "grid", gap: 1 }}>
      <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", alignItems: "center" }}>
        <Typography variant="subtitle2" component="h4">
          {heading}
        </Typography>
        <Chip
          size="small"
          color={COLOUR[status]}
          label={t(`admin.workspace.discussion.status.${status}`)}
        />
      </Box>
      <Typography variant="body2" color="text.secondary">
        {who}, {of}, <When date={suggestion.made_at} />
      </Typography>
      <Redline html={suggestion.change_html} />
      {reason && <Typography variant="body2">{reason}</Typography>}
      {answer && (
        <Typography variant="body2">
          {answered_by}: {answer}
        </Typography>
      )}
      {status === "open" && mayAnswer && (
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap" }}>
          <Button
            size="small"
            variant="outlined"
            disabled={accept.isPending}
            onClick={() => accept.mutate(undefined)}
          >
            {t("admin.workspace.discussion.accept")}
          </Button>
          <Button size="small" onClick={() => setRejecting(true)}>
            {t("admin.workspace.discussion.reject")}
          </Button>
        </Box>
      )}
      {rejecting && <Reject path={own} onClose={() => setRejecting(false)} />}
    </Box>
  );
}
