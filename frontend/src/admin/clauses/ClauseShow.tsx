import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link, useNavigate, useParams } from "react-router-dom";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { LanguageChoice } from "../app/ui/LanguageChoice";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import type { Variable } from "../templates/editor/types";
import { ClauseWords } from "./ClauseWords";
import { Comparing } from "./Compared";
import { Facts } from "./Facts";
import { History } from "./History";
import { ImpactPanel } from "./ImpactPanel";
import type { ClauseText, ClauseView } from "./types";

const UNDER_WAY = ["draft", "in_review", "approved"];

/** A newer wording on its way, and what the reader can do with it. */
function UnderWay({ clause }: { clause: ClauseView }) {
  const t = useTranslate();
  const { newest, in_force: current } = clause;
  const path = `/clauses/${clause.id}/versions/${newest.id}`;
  const under = newest.id !== current?.id && UNDER_WAY.includes(newest.status);
  const { data } = useApi<ClauseText>(path, {}, { enabled: under });
  if (!under || !data) return null;
  const can = (act: string) => data.can.includes(act);
  const next = can("edit") ? "write" : can("approve") ? "read" : "open";
  return (
    <Alert
      severity="info"
      action={
        <Button
          component={Link}
          to={path}
          variant={next === "open" ? "text" : "contained"}
          size="small"
          sx={{ whiteSpace: "nowrap" }}
        >
          {t(`admin.clause.${next}`)}
        </Button>
      }
    >
      {t("admin.clause.under_way")}: {t("admin.template.version", { number: newest.number })}{" "}
      <Status texts="contract_templates.status" state={newest.status} />
      {newest.status === "in_review" && data.mine && (
        <Typography variant="body2">{t("admin.clause.under_way_mine")}</Typography>
      )}
    </Alert>
  );
}

function Wording({ clause }: { clause: ClauseView }) {
  const t = useTranslate();
  const [language, setLanguage] = useState("nb");
  const shown = clause.in_force ?? clause.newest;
  const variables = useApi<Variable[]>(`/clauses/${clause.id}/versions/${shown.id}/variables`);
  return (
    <Panel
      title={t("admin.clause.text")}
      action={<LanguageChoice language={language} onChange={setLanguage} />}
    >
      <Loaded query={variables} lines={6}>
        {(known) => (
          <ClauseWords
            key={`${language}:${shown.id}`}
            body={clause.bodies[language] ?? ""}
            title={clause.title}
            variables={known}
            editable={false}
          />
        )}
      </Loaded>
    </Panel>
  );
}

/** A clause: its wording, its history, and what a change of it touches. */
export default function ClauseShow() {
  const t = useTranslate();
  const navigate = useNavigate();
  const { id = "" } = useParams();
  const query = useApi<ClauseView>(`/clauses/${id}`);
  const begin = useAct(() => api.post<{ id: string }>(`/clauses/${id}/drafts`), {
    onDone: (made) => navigate(`/clauses/${id}/versions/${made.id}`),
  });
  return (
    <Loaded query={query} lines={8} height={36}>
      {(clause) => {
        const writing = ["draft", "in_review"].includes(clause.newest.status);
        return (
          <Page
            title={clause.title}
            over={
              <>
                {t("admin.clause.one")}{" "}
                <Status
                  texts="contract_templates.status"
                  state={(clause.in_force ?? clause.newest).status}
                />
              </>
            }
            actions={
              clause.can.includes("edit") &&
              !writing && (
                <Button
                  variant="contained"
                  disabled={begin.isPending}
                  onClick={() => begin.mutate(undefined)}
                >
                  {t("admin.clause.begin")}
                </Button>
              )
            }
          >
            <Box
              sx={{
                display: "grid",
                gap: 2,
                alignItems: "start",
                gridTemplateColumns: {
                  xs: "minmax(0, 1fr)",
                  lg: "minmax(0, 3fr) minmax(240px, 1fr)",
                },
              }}
            >
              <Box sx={{ display: "grid", gap: 2, minWidth: 0 }}>
                <UnderWay clause={clause} />
                <Wording clause={clause} />
                <Comparing key={clause.versions.length} clause={clause} />
                <ImpactPanel clause={clause} />
              </Box>
              <Box sx={{ display: "grid", gap: 2 }}>
                <Facts clause={clause} />
                <History clause={clause} />
              </Box>
            </Box>
          </Page>
        );
      }}
    </Loaded>
  );
}
