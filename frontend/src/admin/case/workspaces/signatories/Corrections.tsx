import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import { TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";

export interface Correction {
  id: string;
  name: string;
  party_name: string;
  wanted: string;
  status: "open" | "taken" | "refused";
}

interface WishProps {
  path: string;
  wish: Correction;
  mayAnswer: boolean;
}

function Wish({ path, wish, mayAnswer }: WishProps) {
  const t = useTranslate();
  const notify = useNotify();
  const [answering, setAnswering] = useState<"accept" | "refuse" | null>(null);
  return (
    <Alert severity="info" sx={{ mt: 1 }}>
      {t("admin.workspace.correction.wish", { name: wish.name, party: wish.party_name })}
      <Box sx={{ whiteSpace: "pre-line", mt: 0.5 }}>{wish.wanted}</Box>
      {mayAnswer && (
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", mt: 1 }}>
          <Button size="small" variant="outlined" onClick={() => setAnswering("accept")}>
            {t("admin.workspace.correction.accept")}
          </Button>
          <Button size="small" onClick={() => setAnswering("refuse")}>
            {t("admin.workspace.correction.refuse")}
          </Button>
        </Box>
      )}
      {answering && (
        <FormDialog<{ reason: string }>
          title={t(`admin.workspace.correction.${answering}`)}
          intro={t(`admin.workspace.correction.${answering}_intro`)}
          submit={t(`admin.workspace.correction.${answering}`)}
          initial={{ reason: answering === "accept" ? wish.wanted : "" }}
          act={async (values) => {
            await api.post(`${path}/${wish.id}/${answering}`, values);
            notify(`admin.workspace.correction.${answering}_done`, { type: "success" });
          }}
          onClose={() => setAnswering(null)}
          danger={answering === "accept"}
        >
          <TextLine
            name="reason"
            label={t("admin.workspace.correction.reason")}
            help={t("admin.workspace.signing.recall_reason_help")}
            multiline
            minRows={3}
            required
          />
        </FormDialog>
      )}
    </Alert>
  );
}

/** Signatories who want something corrected: returned for correction, or refused, here. */
export function Corrections({ caseId, mayAnswer }: { caseId: string; mayAnswer: boolean }) {
  const path = `/cases/${caseId}/signatories/corrections`;
  const { data } = useApi<Correction[]>(path, {}, { missingIsEmpty: true });
  const open = (data ?? []).filter(({ status }) => status === "open");
  return open.map((wish) => <Wish key={wish.id} path={path} wish={wish} mayAnswer={mayAnswer} />);
}
