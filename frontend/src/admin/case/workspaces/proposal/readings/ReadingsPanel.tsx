import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useEffect, useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../../../../app/http/useApi";
import { Loaded } from "../../../../app/ui/Loaded";
import { When } from "../../../../app/ui/When";
import { SendDialog } from "../../shared/talk/SendDialog";
import { ThreadCard } from "../../shared/talk/ThreadCard";
import { Standings } from "./Standings";
import type { ReadingsView, SentVersion } from "./types";

const list = { listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.5 } as const;

function Version({ version }: { version: SentVersion }) {
  const t = useTranslate();
  const { number, sent_at, respond_by, current, people } = version;
  return (
    <Box component="li">
      <Typography variant="body2">
        {t("admin.workspace.readings.version", { number })} <When date={sent_at} />,{" "}
        {t("admin.workspace.discussion.respond_by").toLowerCase()} <When date={respond_by} /> (
        {t(`admin.workspace.readings.${current ? "current" : "older"}`)})
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {t("admin.workspace.readings.to", { people: people.join("; ") })}
      </Typography>
    </Box>
  );
}

function Said({ view, path }: { view: ReadingsView; path: string }) {
  return (
    <>
      <Standings parties={view.parties} />
      <Box component="ul" sx={list}>
        {view.sent.map((version) => (
          <Version key={version.number} version={version} />
        ))}
      </Box>
      <Box component="ul" sx={list}>
        {view.threads.map((thread) => (
          <ThreadCard
            key={thread.first.id}
            path={path}
            thread={thread}
            mayAnswer={view.may_answer}
            mayResolve
          />
        ))}
      </Box>
    </>
  );
}

interface Props {
  caseId: string;
  /** Saves what is typed in the proposal before it is sent. */
  before?: () => Promise<boolean>;
  /** Another value whenever the proposal is saved: what was confirmed may read otherwise now. */
  stamp?: string;
  /** Show nothing as long as nothing has been sent. */
  quiet?: boolean;
}

/** The partners read the proposal and answer; here it is sent, and here they are answered. */
export function ReadingsPanel({ caseId, before, stamp = "", quiet = false }: Props) {
  const t = useTranslate();
  const path = `/cases/${caseId}/proposal/readings`;
  const query = useApi<ReadingsView>(path);
  const { refetch } = query;
  const [sending, setSending] = useState(false);
  const [read, setRead] = useState(stamp);
  useEffect(() => {
    if (stamp === read) return;
    setRead(stamp);
    void refetch();
  }, [stamp, read, refetch]);
  if (quiet && !query.data?.sent.length) return null;
  return (
    <Box component="section" sx={{ display: "grid", gap: 1.5, mt: quiet ? 2.5 : 0 }}>
      <Typography variant="h3">{t("admin.workspace.readings.title")}</Typography>
      <Loaded query={query} lines={2} height={32}>
        {(view) => (
          <>
            {view.sent.length > 0 ? (
              <Said view={view} path={path} />
            ) : (
              <Typography variant="body2" color="text.secondary">
                {t("admin.workspace.readings.nobody")}
              </Typography>
            )}
            {view.may_send && (
              <Button
                variant="outlined"
                onClick={() => setSending(true)}
                sx={{ justifySelf: "start" }}
              >
                {t("admin.workspace.readings.send")}
              </Button>
            )}
            {sending && (
              <SendDialog
                path={path}
                texts="admin.workspace.readings"
                contacts={view.contacts}
                {...(before ? { before } : {})}
                onClose={() => setSending(false)}
              />
            )}
          </>
        )}
      </Loaded>
    </Box>
  );
}
