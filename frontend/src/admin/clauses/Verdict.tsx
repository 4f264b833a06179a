import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import type { ClauseText } from "./types";

interface Props {
  path: string;
  version: ClauseText;
  onDone: () => void;
}

/** What the second pair of eyes says; whoever wrote it may only take it back. */
export function Verdict({ path, version, onDone }: Props) {
  const t = useTranslate();
  const [asked, setAsked] = useState<"approve" | "send_back" | null>(null);
  const close = () => setAsked(null);
  const backwards = t(version.mine ? "admin.clause.take_back" : "admin.clause.send_back");
  return (
    <>
      {version.can.includes("send_back") && (
        <Button variant="outlined" onClick={() => setAsked("send_back")}>
          {backwards}
        </Button>
      )}
      {version.can.includes("approve") && (
        <Button variant="contained" onClick={() => setAsked("approve")}>
          {t("admin.clause.approve")}
        </Button>
      )}
      {asked === "approve" && (
        <FormDialog<{ in_force_from: string }>
          title={t("admin.clause.approve")}
          intro={t("admin.clause.approve_lead")}
          submit={t("admin.clause.approve")}
          initial={{ in_force_from: "" }}
          act={async ({ in_force_from }) => {
            const body = { in_force_from: in_force_from || null };
            await api.post(`${path}/approve`, body, { version: version.version });
            onDone();
          }}
          onClose={close}
        >
          <TextLine
            name="in_force_from"
            type="date"
            label={t("admin.clause.in_force_from")}
            help={t("admin.clause.in_force_from_help")}
          />
        </FormDialog>
      )}
      {asked === "send_back" && (
        <FormDialog<{ text: string }>
          title={backwards}
          submit={backwards}
          initial={{ text: "" }}
          act={async (body) => {
            await api.post(`${path}/send-back`, body, { version: version.version });
            onDone();
          }}
          onClose={close}
        >
          <TextLine
            name="text"
            label={t("admin.clause.send_back_why")}
            multiline
            minRows={3}
            required
          />
        </FormDialog>
      )}
    </>
  );
}
