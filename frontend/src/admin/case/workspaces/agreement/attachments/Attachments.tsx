import ArrowDownward from "@mui/icons-material/ArrowDownward";
import ArrowUpward from "@mui/icons-material/ArrowUpward";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { useApi } from "../../../../app/http/useApi";
import { TextLine } from "../../../../app/ui/Fields";
import { FormDialog } from "../../../../app/ui/FormDialog";
import { Panel } from "../../../../app/ui/Panel";
import { AddDialog } from "./AddDialog";
import type { Attachment, AttachmentsView } from "./types";

const size = (bytes: number) => `${Math.max(1, Math.round(bytes / 1000))} kB`;

interface LineProps {
  one: Attachment;
  at: number;
  last: boolean;
  editable: boolean;
  busy: boolean;
  onMove: (place: number) => void;
  onRename: () => void;
  onRemove: () => void;
}

function Line({ one, at, last, editable, busy, ...on }: LineProps) {
  const t = useTranslate();
  const named = { title: one.title };
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 1,
        py: 0.75,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: "1 1 14rem", minWidth: 0, overflowWrap: "anywhere" }}>
        <Link href={one.url} target="_blank" rel="noopener">
          {t("admin.workspace.attachments.annex", { number: one.number, title: one.title })}
        </Link>
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.attachments.pages", { smart_count: one.pages })}, {size(one.size)}
        </Typography>
      </Box>
      {editable && (
        <Box sx={{ display: "flex", flexWrap: "wrap", alignItems: "center" }}>
          <IconButton
            size="small"
            disabled={busy || at === 0}
            aria-label={t("admin.workspace.attachments.up", named)}
            onClick={() => on.onMove(at)}
          >
            <ArrowUpward fontSize="small" />
          </IconButton>
          <IconButton
            size="small"
            disabled={busy || last}
            aria-label={t("admin.workspace.attachments.down", named)}
            onClick={() => on.onMove(at + 2)}
          >
            <ArrowDownward fontSize="small" />
          </IconButton>
          <Button
            size="small"
            disabled={busy}
            aria-label={t("admin.workspace.attachments.rename_named", named)}
            onClick={on.onRename}
          >
            {t("admin.workspace.attachments.rename")}
          </Button>
          <Button
            size="small"
            disabled={busy}
            aria-label={t("admin.workspace.attachments.remove_named", named)}
            onClick={on.onRemove}
          >
            {t("admin.workspace.attachments.remove")}
          </Button>
        </Box>
      )}
    </Box>
  );
}

/** What the last act came to, for those who do not see the list move. */
type Said = { key: "moved" | "removed"; title: string; number: number } | null;

function useActs(path: string, items: Attachment[]) {
  const [said, setSaid] = useState<Said>(null);
  const first = items[0]?.number ?? 1;
  const move = useAct(
    ({ one, place }: { one: Attachment; place: number }) =>
      api.post(`${path}/${one.id}/move`, { place }).then(() => ({ one, place })),
    {
      onDone: ({ one, place }) =>
        setSaid({ key: "moved", title: one.title, number: first + place - 1 }),
    },
  );
  const remove = useAct((one: Attachment) => api.post(`${path}/${one.id}/remove`).then(() => one), {
    onDone: ({ title, number }) => setSaid({ key: "removed", title, number }),
  });
  return { said, move, remove };
}

/** The files that are part of the agreement: added, ordered, renamed and taken out in a draft. */
export function Attachments({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const path = `/cases/${caseId}/agreement/attachments`;
  const { data } = useApi<AttachmentsView>(path, {}, { missingIsEmpty: true });
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Attachment | null>(null);
  const items = data?.items ?? [];
  const { said, move, remove } = useActs(path, items);
  if (!data || (!data.editable && items.length === 0)) return null;
  return (
    <Panel
      title={t("admin.workspace.attachments.title")}
      level="h3"
      action={
        data.editable && (
          <Button size="small" variant="outlined" onClick={() => setAdding(true)}>
            {t("admin.workspace.attachments.add")}
          </Button>
        )
      }
    >
      {data.editable && (
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.attachments.lead")}
        </Typography>
      )}
      {items.length > 0 && (
        <Box component="ol" sx={{ listStyle: "none", p: 0, m: 0, mt: 1 }}>
          {items.map((one, at) => (
            <Line
              key={one.id}
              one={one}
              at={at}
              last={at === items.length - 1}
              editable={data.editable}
              busy={move.isPending || remove.isPending}
              onMove={(place) => move.mutate({ one, place })}
              onRename={() => setRenaming(one)}
              onRemove={() => remove.mutate(one)}
            />
          ))}
        </Box>
      )}
      <Typography role="status" variant="body2" sx={{ mt: said ? 1 : 0 }}>
        {said && t(`admin.workspace.attachments.${said.key}`, said)}
      </Typography>
      {adding && <AddDialog path={path} onClose={() => setAdding(false)} />}
      {renaming && (
        <FormDialog<{ title: string }>
          title={t("admin.workspace.attachments.rename")}
          submit={t("admin.workspace.attachments.rename")}
          initial={{ title: renaming.title }}
          act={(values) => api.post(`${path}/${renaming.id}/rename`, values)}
          onClose={() => setRenaming(null)}
        >
          <TextLine name="title" label={t("admin.workspace.attachments.name")} required />
        </FormDialog>
      )}
    </Panel>
  );
}
