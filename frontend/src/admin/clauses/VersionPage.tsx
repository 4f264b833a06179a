import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { useNavigate, useParams } from "react-router-dom";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { FormDialog } from "../app/ui/FormDialog";
import { LanguageChoice } from "../app/ui/LanguageChoice";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Checks } from "../templates/editor/Checks";
import { SaveState } from "../templates/editor/SaveState";
import { Sides } from "../templates/editor/Sides";
import type { Variable } from "../templates/editor/types";
import { useAutosave } from "../templates/editor/useDraft";
import { About } from "./About";
import { ClauseWords } from "./ClauseWords";
import { Compared } from "./Compared";
import type { ClauseContent, ClauseText, ClauseView } from "./types";
import { Verdict } from "./Verdict";

const SIDES = ["changes", "checks", "about"] as const;
type Side = (typeof SIDES)[number];

const contentOf = (version: ClauseText): ClauseContent => ({
  bodies: version.bodies,
  title: version.title,
  reason: version.reason,
  legal_references: version.legal_references,
  mandatory_for: version.mandatory_for,
  change_note: version.change_note,
  review_by: version.review_by,
});

interface Props {
  clause: ClauseView;
  version: ClauseText;
  variables: Variable[];
}

function useClauseDraft(version: ClauseText) {
  const path = `/clauses/${version.clause_id}/versions/${version.id}`;
  return useAutosave(path, version, contentOf);
}

type Draft = ReturnType<typeof useClauseDraft>;

/** What the others said when they sent it back, while it is written in. */
function SentBack({ version }: { version: ClauseText }) {
  const t = useTranslate();
  const last = version.comments.at(-1);
  if (!last || version.status !== "draft") return null;
  return (
    <Alert severity="warning" sx={{ mb: 2 }}>
      {t("admin.clause.said_back", { name: last.who })} {last.text}
    </Alert>
  );
}

interface BesideProps {
  clause: ClauseView;
  draft: Draft;
  language: string;
  editable: boolean;
  onLanguage: (language: string) => void;
}

function Beside({ clause, draft, language, editable, onLanguage }: BesideProps) {
  const t = useTranslate();
  const { kept, content, change } = draft;
  const [side, setSide] = useState<Side>("changes");
  const others = clause.versions.filter(({ id }) => id !== kept.id);
  const before = others.find(({ status }) => status === "in_force") ?? others.at(-1);
  const panels: Record<Side, () => React.ReactNode> = {
    changes: () =>
      before ? (
        <>
          <Typography variant="body2" sx={{ mb: 1, color: "text.secondary" }}>
            {t("admin.clause.from_to", { from: before.number, to: kept.number })}
          </Typography>
          <Compared
            clauseId={clause.id}
            before={before.id}
            after={kept.id}
            language={language}
            version={kept.version}
          />
        </>
      ) : (
        <Typography variant="body2">{t("admin.clause.first_version")}</Typography>
      ),
    checks: () => (
      <Checks
        findings={kept.findings.map((finding) => ({ ...finding, section: null }))}
        onShow={({ language: found }) => found && onLanguage(found)}
      />
    ),
    about: () => <About content={content} editable={editable} onChange={change} />,
  };
  const count = kept.findings.length;
  const sides = SIDES.map((id) => ({
    id,
    name: `${t(`admin.clause.side.${id}`)}${id === "checks" && count ? ` (${count})` : ""}`,
    panel: panels[id],
  }));
  return <Sides sides={sides} side={side} onSide={setSide} />;
}

interface ActionsProps {
  draft: Draft;
  back: string;
}

function Actions({ draft, back }: ActionsProps) {
  const t = useTranslate();
  const navigate = useNavigate();
  const { kept, path } = draft;
  const [discarding, setDiscarding] = useState(false);
  const leave = () => void navigate(back);
  const errors = kept.findings.filter(({ severity }) => severity === "error").length;
  const send = useAct(
    async () => {
      if (!(await draft.save())) throw new Error(draft.problem);
      const { version } = await api.get<ClauseText>(path);
      await api.post(`${path}/send`, undefined, { version });
    },
    { onDone: leave },
  );
  return (
    <>
      <Button onClick={leave}>{t("admin.clause.back")}</Button>
      {kept.can.includes("discard") && (
        <Button color="error" onClick={() => setDiscarding(true)}>
          {t("admin.editor.discard")}
        </Button>
      )}
      {kept.can.includes("send") && (
        <Button
          variant="contained"
          disabled={send.isPending || errors > 0}
          onClick={() => send.mutate(undefined)}
        >
          {t("admin.clause.send")}
        </Button>
      )}
      <Verdict path={path} version={kept} onDone={leave} />
      {discarding && (
        <FormDialog
          danger
          title={t("admin.editor.discard")}
          intro={t("admin.editor.discard_sure")}
          submit={t("admin.editor.discard")}
          initial={{}}
          act={async () => {
            await draft.save();
            const { version } = await api.get<ClauseText>(path);
            await api.post(`${path}/discard`, undefined, { version });
            void navigate("/clauses");
          }}
          onClose={() => setDiscarding(false)}
        >
          {null}
        </FormDialog>
      )}
    </>
  );
}

function Workbench({ clause, version, variables }: Props) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const draft = useClauseDraft(version);
  const { kept, content, change } = draft;
  const [language, setLanguage] = useState("nb");
  const editable = kept.can.includes("edit") && draft.state !== "conflict";
  const title = content.title[locale] ?? content.title.nb ?? "";
  return (
    <Page
      title={title}
      over={
        <>
          {t("admin.clause.one")} · {t("admin.template.version", { number: kept.number })}{" "}
          <Status texts="contract_templates.status" state={kept.status} />{" "}
          <span role="status">{editable && t(`admin.editor.state.${draft.state}`)}</span>
        </>
      }
      actions={<Actions draft={draft} back={`/clauses/${clause.id}/show`} />}
    >
      <SaveState draft={draft} />
      <SentBack version={kept} />
      {kept.status === "in_review" && kept.mine && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {t("admin.clause.under_way_mine")}
        </Alert>
      )}
      <Box
        sx={{
          display: "grid",
          gap: 2,
          alignItems: "start",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 3fr) minmax(0, 2fr)" },
        }}
      >
        <Box sx={{ minWidth: 0 }}>
          <Box sx={{ mb: 1 }}>
            <LanguageChoice language={language} onChange={setLanguage} />
          </Box>
          <ClauseWords
            key={`${language}:${editable}`}
            body={content.bodies[language] ?? ""}
            title={title}
            variables={variables}
            editable={editable}
            onChange={(body) => change({ bodies: { ...content.bodies, [language]: body } })}
          />
        </Box>
        <Beside
          clause={clause}
          draft={draft}
          language={language}
          editable={editable}
          onLanguage={setLanguage}
        />
      </Box>
    </Page>
  );
}

/** A version of a clause: its text, what is new in it, and what somebody says to it. */
export default function VersionPage() {
  const { id = "", versionId = "" } = useParams();
  const path = `/clauses/${id}/versions/${versionId}`;
  const clause = useApi<ClauseView>(`/clauses/${id}`);
  const version = useApi<ClauseText>(path);
  const variables = useApi<Variable[]>(`${path}/variables`);
  return (
    <Loaded query={version} lines={10} height={40}>
      {(found) => (
        <Loaded query={clause} lines={10} height={40}>
          {(whole) => (
            <Loaded query={variables} lines={10} height={40}>
              {(known) => (
                <Workbench
                  key={`${found.id}:${found.status}`}
                  clause={whole}
                  version={found}
                  variables={known}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
