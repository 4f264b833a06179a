import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../../../../app/http/useApi";
import { Loaded } from "../../../../app/ui/Loaded";
import { When } from "../../../../app/ui/When";
import { SendDialog } from "../../shared/talk/SendDialog";
import { ThreadCard } from "../../shared/talk/ThreadCard";
import { SuggestionCard } from "./SuggestionCard";
import type { DiscussionView, Reader, Reading } from "./types";

const list = { listStyle: "none", m: 0, p: 0, display: "grid", gap: 2 } as const;

/** What somebody who was sent the draft has done with it. */
function stateOf({ seen_at, no_remarks_at }: Reader): string {
  if (no_remarks_at) return "no_remarks";
  return seen_at ? "has_written" : "waiting";
}

function Round({ reading }: { reading: Reading }) {
  const t = useTranslate();
  return (
    <Box component="li">
      <Typography variant="body2">
        {t("admin.workspace.discussion.version", { number: reading.number })}{" "}
        <When date={reading.sent_at} />, {t("admin.workspace.discussion.respond_by").toLowerCase()}{" "}
        <When date={reading.respond_by} />
      </Typography>
      {reading.readers.map((reader) => (
        <Typography key={reader.name} variant="body2" color="text.secondary">
          {reader.name}, {reader.party_name}:{" "}
          {t(`admin.workspace.discussion.state.${stateOf(reader)}`)}
        </Typography>
      ))}
    </Box>
  );
}

function Rounds({ view, path }: { view: DiscussionView; path: string }) {
  const open = view.suggestions.filter(({ status }) => status === "open");
  const done = view.suggestions.filter(({ status }) => status !== "open");
  return (
    <>
      <Box component="ul" sx={list}>
        {view.readings.map((reading) => (
          <Round key={reading.number} reading={reading} />
        ))}
      </Box>
      <Box component="ul" sx={list}>
        {[...open, ...done].map((suggestion) => (
          <SuggestionCard
            key={suggestion.id}
            path={path}
            suggestion={suggestion}
            mayAnswer={view.may_answer}
          />
        ))}
        {view.threads.map((thread) => (
          <ThreadCard
            key={thread.first.id}
            path={path}
            thread={thread}
            mayAnswer={view.may_answer}
          />
        ))}
      </Box>
    </>
  );
}

/** The partners read the draft and answer; here it is sent, and here they are answered. */
export function DiscussionPanel({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const path = `/cases/${caseId}/agreement/discussion`;
  const query = useApi<DiscussionView>(path);
  const [sending, setSending] = useState(false);
  return (
    <Loaded query={query} lines={2} height={32}>
      {(view) =>
        (view.may_send || view.readings.length > 0) && (
          <Box component="section" sx={{ display: "grid", gap: 1.5 }}>
            <Typography variant="h3">{t("admin.workspace.discussion.title")}</Typography>
            {view.may_send && (
              <Button
                variant="outlined"
                onClick={() => setSending(true)}
                sx={{ justifySelf: "start" }}
              >
                {t("admin.workspace.discussion.send")}
              </Button>
            )}
            {view.readings.length > 0 ? (
              <Rounds view={view} path={path} />
            ) : (
              <Typography variant="body2" color="text.secondary">
                {t("admin.workspace.discussion.not_sent")}
              </Typography>
            )}
            {sending && (
              <SendDialog
                path={path}
                texts="admin.workspace.discussion"
                contacts={view.contacts}
                onClose={() => setSending(false)}
              />
            )}
          </Box>
        )
      }
    </Loaded>
  );
}
