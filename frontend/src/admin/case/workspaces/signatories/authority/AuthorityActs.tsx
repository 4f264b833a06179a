import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { api } from "../../../../app/http/api";
import { useAct } from "../../../../app/http/useAct";
import { DecideDialog, MinutesDialog, SayDialog } from "./dialogs";
import type { Act, Known, PartyAuthority } from "./types";

interface Props {
  caseId: string;
  authority: PartyAuthority;
  known: readonly Known[];
}

/** What can be done about who may sign for a party: look up, upload, ask, confirm, decide. */
export function AuthorityActs({ caseId, authority, known }: Props) {
  const t = useTranslate();
  const [open, setOpen] = useState<Act | null>(null);
  const path = `/cases/${caseId}/authority/${authority.party_id}`;
  const lookUp = useAct(() => api.post(`${path}/look-up`));
  const busy = authority.looking_up || lookUp.isPending;
  if (authority.can.length === 0) return null;
  const shared = { path, known, onClose: () => setOpen(null) };
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
      {authority.can.map((act) => (
        <Button
          key={act}
          size="small"
          variant={act === "look_up" || act === "decide" ? "outlined" : "text"}
          disabled={act === "look_up" && busy}
          aria-label={`${t(`admin.workspace.authority.${act}`)}: ${authority.party_name}`}
          onClick={() => (act === "look_up" ? lookUp.mutate(undefined) : setOpen(act))}
        >
          {t(`admin.workspace.authority.${act === "look_up" && busy ? "looking_up" : act}`)}
        </Button>
      ))}
      {open === "minutes" && <MinutesDialog {...shared} />}
      {open === "decide" && <DecideDialog {...shared} />}
      {(open === "ask" || open === "confirm") && <SayDialog {...shared} what={open} />}
    </Box>
  );
}
