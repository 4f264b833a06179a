import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../../app/http/api";
import { useAct } from "../../app/http/useAct";
import { Empty } from "../../app/ui/Empty";
import { When } from "../../app/ui/When";
import type { Said, VersionText } from "./types";

export interface Place {
  language: string;
  section: number | null;
  quote: string;
}

interface Props {
  path: string;
  comments: Said[];
  may: boolean;
  /** Where a new comment is begun; null for none. */
  begun: Place | null;
  onBegin: (place: Place | null) => void;
  onShow: (said: Said) => void;
  onChanged: (version: VersionText) => void;
}

interface WriteProps {
  label: string;
  submit: string;
  send: (text: string) => Promise<VersionText>;
  onDone: (version: VersionText) => void;
  onCancel?: () => void;
}

function Write({ label, submit, send, onDone, onCancel }: WriteProps) {
  const t = useTranslate();
  const [text, setText] = useState("");
  const act = useAct(send, {
    onDone: (version) => {
      setText("");
      onDone(version);
    },
  });
  return (
    <Box sx={{ display: "grid", gap: 1, mt: 1 }}>
      <TextField
        multiline
        minRows={2}
        size="small"
        label={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Box sx={{ display: "flex", gap: 1 }}>
        <Button
          size="small"
          variant="outlined"
          disabled={!text.trim() || act.isPending}
          onClick={() => act.mutate(text)}
        >
          {submit}
        </Button>
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            {t("ra.action.cancel")}
          </Button>
        )}
      </Box>
    </Box>
  );
}

function Words({ said }: { said: Said }) {
  return (
    <>
      <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
        {said.who} · <When date={said.created_at} withTime />
      </Typography>
      <Typography variant="body2" sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {said.text}
      </Typography>
    </>
  );
}

/** What lawyers say to each other about passages; a thread is closed when it is settled. */
export function Comments(props: Props) {
  const { path, comments, may, begun, onBegin, onShow, onChanged } = props;
  const t = useTranslate();
  const resolve = useAct((id: string) => api.post<VersionText>(`${path}/comments/${id}/resolve`), {
    onDone: onChanged,
  });
  const write = (place: Partial<Place> & { answers_id?: string }) => (text: string) =>
    api.post<VersionText>(`${path}/comments`, { ...place, text });
  const threads = comments.filter(({ answers_id }) => answers_id === null);
  return (
    <>
      {begun && (
        <Box sx={{ mb: 2 }}>
          {begun.quote && (
            <Box component="blockquote" sx={{ m: 0, pl: 1, borderLeft: 3, borderColor: "divider" }}>
              {begun.quote}
            </Box>
          )}
          <Write
            label={t("admin.editor.comment.new")}
            submit={t("admin.editor.comment.send")}
            send={write(begun)}
            onDone={(version) => {
              onBegin(null);
              onChanged(version);
            }}
            onCancel={() => onBegin(null)}
          />
        </Box>
      )}
      {threads.length === 0 && !begun && (
        <Empty title={t("admin.editor.comment.none")} hint={t("admin.editor.comment.none_hint")} />
      )}
      {threads.map((thread) => (
        <Box
          component="article"
          key={thread.id}
          sx={{
            py: 1.5,
            borderTop: 1,
            borderColor: "divider",
            opacity: thread.resolved ? 0.75 : 1,
          }}
        >
          {thread.quote && (
            <Typography
              variant="body2"
              component="blockquote"
              sx={{ m: 0, pl: 1, borderLeft: 3, borderColor: "divider", fontStyle: "italic" }}
            >
              {thread.quote}
            </Typography>
          )}
          <Words said={thread} />
          {comments
            .filter(({ answers_id }) => answers_id === thread.id)
            .map((answer) => (
              <Box key={answer.id} sx={{ pl: 2, mt: 1 }}>
                <Words said={answer} />
              </Box>
            ))}
          <Box sx={{ display: "flex", gap: 1, mt: 0.5 }}>
            {thread.section !== null && (
              <Button size="small" onClick={() => onShow(thread)}>
                {t("admin.editor.show")}
              </Button>
            )}
            {thread.resolved ? (
              <Typography variant="caption" sx={{ alignSelf: "center" }}>
                {t("admin.editor.comment.resolved")}
              </Typography>
            ) : (
              may && (
                <Button size="small" onClick={() => resolve.mutate(thread.id)}>
                  {t("admin.editor.comment.resolve")}
                </Button>
              )
            )}
          </Box>
          {may && !thread.resolved && (
            <Write
              label={t("admin.editor.comment.answer")}
              submit={t("admin.editor.comment.send_answer")}
              send={write({ answers_id: thread.id })}
              onDone={onChanged}
            />
          )}
        </Box>
      ))}
    </>
  );
}
