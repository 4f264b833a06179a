import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";
import { When } from "../../../../app/ui/When";
import type { Said, Thread } from "./types";

function Words({ said }: { said: Said }) {
  return (
    <Box sx={said.by_partner ? {} : { pl: 2, borderLeft: 3, borderColor: "divider" }}>
      <Typography variant="body2" color="text.secondary">
        {said.who}, {said.of}, <When date={said.at} />
      </Typography>
      <Typography variant="body2" sx={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
        {said.text}
      </Typography>
    </Box>
  );
}

interface Props {
  path: string;
  thread: Thread;
  mayAnswer: boolean;
  /** Whether the thread can be closed too. */
  mayResolve?: boolean;
}

/** What a partner asks about a section, with the answers so far. */
export function ThreadCard({ path, thread, mayAnswer, mayResolve = false }: Props) {
  const t = useTranslate();
  const [answering, setAnswering] = useState(false);
  const { first, heading } = thread;
  const resolve = useAct(() => api.post(`${path}/comments/${first.id}/resolve`));
  return (
    <Box component="li" sx={{ display: "grid", gap: 1 }}>
      <Typography variant="subtitle2" component="h4">
        {heading}
        {first.resolved && ` (${t("admin.workspace.discussion.resolved")})`}
      </Typography>
      {[first, ...first.answers].map((said) => (
        <Words key={said.id} said={said} />
      ))}
      {mayAnswer && !first.resolved && (
        <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap" }}>
          <Button size="small" onClick={() => setAnswering(true)}>
            {t("admin.workspace.discussion.answer")}
          </Button>
          {mayResolve && (
            <Button
              size="small"
              disabled={resolve.isPending}
              onClick={() => resolve.mutate(undefined)}
            >
              {t("admin.workspace.discussion.resolve")}
            </Button>
          )}
        </Box>
      )}
      {answering && (
        <FormDialog<{ text: string }>
          title={t("admin.workspace.discussion.answer_named", { name: first.who })}
          intro={first.text}
          submit={t("admin.workspace.discussion.answer")}
          initial={{ text: "" }}
          act={(values) => api.post(`${path}/comments/${first.id}/answer`, values)}
          onClose={() => setAnswering(false)}
        >
          <TextLine
            name="text"
            label={t("admin.workspace.discussion.your_answer")}
            multiline
            minRows={3}
            required
          />
        </FormDialog>
      )}
    </Box>
  );
}
