import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useNotify, useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { useApi } from "../../../../app/http/useApi";
import { Folded } from "../../../../app/ui/Folded";
import { Loaded } from "../../../../app/ui/Loaded";
import { DepartureList } from "./DepartureList";
import { type DeparturesView, named, pathOf, type Section } from "./types";

const SectionDialog = lazy(() => import("./SectionDialog"));

interface Props {
  caseId: string;
  /** The version of the draft: what is answered beside the text changes its sections. */
  version: number;
  /** Send what is typed beside the text before a section of it is opened. */
  save: () => Promise<boolean>;
}

/** What is on the server, read again whenever the draft has become another one. */
function useDepartures(caseId: string, version: number) {
  const query = useApi<DeparturesView>(pathOf(caseId));
  const { refetch } = query;
  const read = useRef(version);
  useEffect(() => {
    if (read.current === version) return;
    read.current = version;
    void refetch();
  }, [version, refetch]);
  return query;
}

interface EditProps {
  title: string;
  onClick: () => void;
}

function EditButton({ title, onClick }: EditProps) {
  const t = useTranslate();
  return (
    <Button
      size="small"
      variant="outlined"
      aria-label={t("admin.workspace.departures.edit_named", { section: title })}
      onClick={onClick}
      sx={{ whiteSpace: "nowrap", flexShrink: 0 }}
    >
      {t("admin.workspace.departures.edit")}
    </Button>
  );
}

function Sections({ view, open }: { view: DeparturesView; open: (id: string) => void }) {
  const t = useTranslate();
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
      {view.sections.map((section) => (
        <Box
          component="li"
          key={section.id}
          sx={{
            display: "flex",
            alignItems: "center",
            justifyContent: "space-between",
            gap: 1.5,
            py: 0.75,
            "& + &": { borderTop: 1, borderColor: "divider" },
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="body2">{named(section)}</Typography>
            {section.departs && (
              <Typography variant="caption" sx={{ color: "text.secondary" }}>
                {t("admin.workspace.departures.changed")}
              </Typography>
            )}
          </Box>
          <EditButton title={named(section)} onClick={() => open(section.id)} />
        </Box>
      ))}
    </Box>
  );
}

function TakeBack({ caseId, id, title }: { caseId: string; id: string; title: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const act = useAct(() => api.post(`/cases/${caseId}/agreement/sections/${id}/take-back`), {
    onDone: () => notify("admin.workspace.departures.taken_back", { type: "success" }),
  });
  return (
    <Button
      size="small"
      aria-label={t("admin.workspace.departures.take_back_named", { section: title })}
      disabled={act.isPending}
      onClick={() => act.mutate(undefined)}
    >
      {t("admin.workspace.departures.take_back")}
    </Button>
  );
}

/** The sections of a draft: rewrite one with a reason, or take it back to the approved text. */
export function SectionsPanel({ caseId, version, save }: Props) {
  const t = useTranslate();
  const query = useDepartures(caseId, version);
  const [opened, setOpened] = useState<Section | null>(null);
  const open = async (id: string) => {
    await save();
    const { data } = await query.refetch();
    setOpened(data?.sections.find((section) => section.id === id) ?? null);
  };
  return (
    <Loaded query={query} lines={2} height={36}>
      {(view) =>
        view.may_write && view.sections.length > 0 ? (
          <Box component="section" sx={{ display: "grid", gap: 1.5 }}>
            <Box>
              <Typography variant="h3">{t("admin.workspace.departures.title")}</Typography>
              <Typography variant="body2" sx={{ color: "text.secondary", mt: 0.5 }}>
                {t("admin.workspace.departures.lead")}
              </Typography>
            </Box>
            {view.departures.length > 0 && (
              <DepartureList
                view={view}
                acts={({ section_id, stands }, title) => (
                  <>
                    {stands && <EditButton title={title} onClick={() => void open(section_id)} />}
                    <TakeBack caseId={caseId} id={section_id} title={title} />
                  </>
                )}
              />
            )}
            <Folded
              title={t("admin.workspace.departures.sections", {
                smart_count: view.sections.length,
              })}
            >
              <Sections view={view} open={(id) => void open(id)} />
            </Folded>
            <Suspense>
              {opened && (
                <SectionDialog
                  caseId={caseId}
                  section={opened}
                  reason={
                    view.departures.find(({ section_id }) => section_id === opened.id)?.reason ?? ""
                  }
                  onClose={() => setOpened(null)}
                />
              )}
            </Suspense>
          </Box>
        ) : null
      }
    </Loaded>
  );
}
