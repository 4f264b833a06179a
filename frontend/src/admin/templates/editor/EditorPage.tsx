import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useMemo, useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { useNavigate, useParams } from "react-router-dom";
import { api } from "../../app/http/api";
import { useAct } from "../../app/http/useAct";
import { useApi } from "../../app/http/useApi";
import { Status } from "../../app/status";
import { LanguageChoice } from "../../app/ui/LanguageChoice";
import { Loaded } from "../../app/ui/Loaded";
import { Page } from "../../app/ui/Page";
import { Beside, type Side } from "./Beside";
import type { Place } from "./Comments";
import { type ClauseWording, clausesIn, insertClause, renewClause } from "./clauses";
import { InsertClause } from "./InsertClause";
import { NewWordings } from "./NewWordings";
import { SaveState } from "./SaveState";
import { read } from "./stored";
import { sectionAt, TextEditor } from "./TextEditor";
import type { Variable, VersionText } from "./types";
import { useDraft } from "./useDraft";
import { wordingOf } from "./wording";

/** Keys of clauses and what their headings say, for references and badges. */
function headingsOf(stored: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const section of read(stored).content ?? []) {
    const heading = section.content?.find(({ type }) => type === "heading");
    const said = (heading?.content ?? []).map(({ text }) => text ?? "").join("");
    for (const name of ["data-key", "data-clause"]) {
      const key = section.attrs?.[name] as string | undefined;
      if (key) found[key] = said;
    }
  }
  return found;
}

interface WorkbenchProps {
  version: VersionText;
  variables: Variable[];
  clauses: ClauseWording[];
}

function Workbench({ version, variables, clauses }: WorkbenchProps) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const navigate = useNavigate();
  const draft = useDraft(version);
  const { content, kept, change } = draft;
  const { languages, title } = content.manifest;
  const [chosen, setChosen] = useState(languages[0] ?? "nb");
  const language = languages.includes(chosen) ? chosen : (languages[0] ?? "nb");
  const [side, setSide] = useState<Side>("preview");
  const [shown, setShown] = useState<{ section: number } | null>(null);
  const [begun, setBegun] = useState<Place | null>(null);
  const editable = kept.can.includes("edit") && draft.state !== "conflict";
  const stored = content.bodies[language] ?? "";
  const [revision, setRevision] = useState(0);
  const rewrite = (bodies: Record<string, string>) => {
    change({ bodies });
    setRevision((before) => before + 1);
  };
  const wording = useMemo(
    () => wordingOf({ variables, headings: headingsOf(kept.bodies[language] ?? ""), clauses }, t),
    [variables, kept.bodies, language, clauses, t],
  );
  const back = `/templates/${version.template_id}/show`;
  const propose = useAct(
    async () => {
      if (await draft.save()) await api.post(`${draft.path}/propose`);
      else throw new Error(draft.problem);
    },
    { onDone: () => navigate(back) },
  );
  const show = (place: { language: string | null; section: number | null }) => {
    if (place.language) setChosen(place.language);
    if (place.section !== null) setShown({ section: place.section });
  };
  const errors = kept.findings.filter(({ severity }) => severity === "error").length;
  return (
    <Page
      title={title[locale] ?? title.nb ?? ""}
      over={
        <>
          {t("admin.template.version", { number: version.number })}{" "}
          <Status texts="contract_templates.status" state={kept.status} />{" "}
          <span role="status">{editable && t(`admin.editor.state.${draft.state}`)}</span>
        </>
      }
      actions={
        <>
          <Button onClick={() => navigate(back)}>{t("admin.editor.done")}</Button>
          {kept.can.includes("propose") && (
            <Button
              variant="contained"
              disabled={propose.isPending || errors > 0}
              onClick={() => propose.mutate(undefined)}
            >
              {t("admin.template.propose")}
            </Button>
          )}
        </>
      }
    >
      <SaveState draft={draft} />
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
            <LanguageChoice language={language} among={languages} onChange={setChosen} />
          </Box>
          <NewWordings
            stored={stored}
            wordings={clauses}
            editable={editable}
            onRenew={(wording) => rewrite(renewClause(content.bodies, wording))}
            onShow={setShown}
          />
          <TextEditor
            key={`${language}:${editable}`}
            stored={stored}
            label={t("admin.editor.text_in", { title: title[locale] ?? "" })}
            editable={editable}
            wording={wording}
            variables={variables}
            onChange={(text) => change({ bodies: { ...content.bodies, [language]: text } })}
            onComment={
              kept.can.includes("comment")
                ? (place) => {
                    setBegun({ language, ...place });
                    setSide("comments");
                  }
                : undefined
            }
            shown={shown}
            revision={revision}
            tools={(editor) => (
              <InsertClause
                wordings={clauses}
                held={clausesIn(stored).map(({ key }) => key)}
                onInsert={(wording) => {
                  const behind = sectionAt(editor);
                  rewrite(insertClause(content.bodies, wording, behind));
                  setShown({ section: behind + 1 });
                }}
              />
            )}
          />
        </Box>
        <Beside
          draft={draft}
          language={language}
          side={side}
          onSide={setSide}
          editable={editable}
          begun={begun}
          onBegin={setBegun}
          onShow={show}
        />
      </Box>
    </Page>
  );
}

/** Legal's editor: the document as it will look, and beside it what it becomes. */
export default function EditorPage() {
  const { id = "", versionId = "" } = useParams();
  const path = `/templates/${id}/versions/${versionId}`;
  const version = useApi<VersionText>(path);
  const variables = useApi<Variable[]>(`${path}/variables`);
  const clauses = useApi<ClauseWording[]>("/clauses/wordings");
  return (
    <Loaded query={version} lines={10} height={40}>
      {(found) => (
        <Loaded query={variables} lines={10} height={40}>
          {(known) => (
            <Loaded query={clauses} lines={10} height={40}>
              {(library) => (
                <Workbench
                  key={`${found.id}:${found.status}`}
                  version={found}
                  variables={known}
                  clauses={library}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
