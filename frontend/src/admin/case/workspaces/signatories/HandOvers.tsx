import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../app/http/api";
import { useAct } from "../../../app/http/useAct";
import { useApi } from "../../../app/http/useApi";
import { TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";

interface HandOver {
  id: string;
  from_name: string;
  name: string;
  email: string;
  role_title: string;
  status: "open" | "approved" | "rejected";
  /** It is settled who may sign for the party; `missing` says who must sign besides. */
  authority_settled: boolean;
  missing: string[];
}

function Wish({ path, wish, mayAnswer }: { path: string; wish: HandOver; mayAnswer: boolean }) {
  const t = useTranslate();
  const notify = useNotify();
  const [refusing, setRefusing] = useState(false);
  const approve = useAct(() => api.post(`${path}/${wish.id}/approve`), {
    onDone: () => notify("admin.workspace.hand_over.approved", { type: "success" }),
  });
  return (
    <Alert severity="info" sx={{ mt: 1 }}>
      {t("admin.workspace.hand_over.wish", {
        from: wish.from_name,
        who: [wish.name, wish.role_title, wish.email].join(", "),
      })}
      <Typography variant="body2" sx={{ mt: 0.5 }}>
        {wish.missing.length > 0
          ? wish.missing.join(" ")
          : t(`admin.workspace.authority.hand_over_${wish.authority_settled ? "good" : "unknown"}`)}
      </Typography>
      {mayAnswer && (
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", mt: 1 }}>
          <Button
            size="small"
            variant="outlined"
            disabled={approve.isPending}
            onClick={() => approve.mutate(undefined)}
          >
            {t("admin.workspace.hand_over.approve", { name: wish.name })}
          </Button>
          <Button size="small" onClick={() => setRefusing(true)}>
            {t("admin.workspace.hand_over.refuse")}
          </Button>
        </Box>
      )}
      {refusing && (
        <FormDialog<{ reason: string }>
          title={t("admin.workspace.hand_over.refuse")}
          intro={t("admin.workspace.discussion.reject_intro")}
          submit={t("admin.workspace.hand_over.refuse")}
          initial={{ reason: "" }}
          act={(values) => api.post(`${path}/${wish.id}/reject`, values)}
          onClose={() => setRefusing(false)}
        >
          <TextLine
            name="reason"
            label={t("admin.workspace.discussion.reason")}
            multiline
            minRows={2}
            required
          />
        </FormDialog>
      )}
    </Alert>
  );
}

/** Signatories who say that somebody else should sign: approved or refused here. */
export function HandOvers({ caseId, mayAnswer }: { caseId: string; mayAnswer: boolean }) {
  const path = `/cases/${caseId}/signatories/hand-overs`;
  const { data } = useApi<HandOver[]>(path, {}, { missingIsEmpty: true });
  const open = (data ?? []).filter(({ status }) => status === "open");
  return open.map((wish) => <Wish key={wish.id} path={path} wish={wish} mayAnswer={mayAnswer} />);
}
