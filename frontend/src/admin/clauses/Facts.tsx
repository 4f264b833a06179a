import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import { Panel } from "../app/ui/Panel";
import { Due } from "../app/ui/When";
import type { ClauseView } from "./types";

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
        {label}
      </Typography>
      <Typography variant="body2" component="dd" sx={{ m: 0 }}>
        {children}
      </Typography>
    </div>
  );
}

/** What a clause is for, who must carry it, and by when it is read again. */
export function Facts({ clause }: { clause: ClauseView }) {
  const t = useTranslate();
  const [asked, setAsked] = useState<"review" | "retire" | null>(null);
  const current = clause.in_force;
  const edits = clause.can.includes("edit") && current;
  const close = () => setAsked(null);
  const path = `/clauses/${clause.id}`;
  return (
    <Panel title={t("admin.clause.facts")}>
      <Box component="dl" sx={{ m: 0, display: "grid", gap: 1.25 }}>
        <Fact label={t("admin.clause.reason")}>{clause.reason || "–"}</Fact>
        <Fact label={t("admin.clause.mandatory")}>
          {clause.mandatory_for.map(({ title }) => title).join(", ") ||
            t("admin.clause.mandatory_none")}
        </Fact>
        <Fact label={t("admin.clause.references")}>
          {clause.legal_references.join(", ") || "–"}
        </Fact>
        <Fact label={t("admin.editor.review_by")}>
          <Due date={(current ?? clause.newest).review_by} none="–" />
        </Fact>
      </Box>
      {edits && (
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", mt: 1.5, ml: -0.75 }}>
          <Button size="small" onClick={() => setAsked("review")}>
            {t("admin.editor.review_set")}
          </Button>
          <Button size="small" color="error" onClick={() => setAsked("retire")}>
            {t("admin.clause.retire")}
          </Button>
        </Box>
      )}
      {asked === "review" && current && (
        <FormDialog<{ review_by: string }>
          title={t("admin.editor.review_set")}
          intro={t("admin.editor.review_by_help")}
          submit={t("ra.action.save")}
          initial={{ review_by: current.review_by ?? "" }}
          act={({ review_by }) =>
            api.post(
              `${path}/versions/${current.id}/review-by`,
              { review_by: review_by || null },
              { version: current.version },
            )
          }
          onClose={close}
        >
          <TextLine name="review_by" type="date" label={t("admin.editor.review_by")} />
        </FormDialog>
      )}
      {asked === "retire" && (
        <FormDialog
          danger
          title={t("admin.clause.retire")}
          intro={t("admin.clause.retire_sure")}
          submit={t("admin.clause.retire")}
          initial={{}}
          act={() => api.post(`${path}/retire`)}
          onClose={close}
        >
          {null}
        </FormDialog>
      )}
    </Panel>
  );
}
