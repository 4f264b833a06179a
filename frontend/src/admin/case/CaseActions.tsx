import MoreVert from "@mui/icons-material/MoreVert";
import Button from "@mui/material/Button";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { EditCaseDialog } from "./acts/EditCaseDialog";
import { HandOverDialog } from "./acts/HandOverDialog";
import { HoldDialog } from "./acts/HoldDialog";
import { LogEngagementDialog } from "./acts/LogEngagementDialog";
import { ReopenDialog } from "./acts/ReopenDialog";
import { WithdrawDialog } from "./acts/WithdrawDialog";
import type { CaseDetail } from "./types";

const ACTS = {
  log_engagement: LogEngagementDialog,
  edit: EditCaseDialog,
  hand_over: HandOverDialog,
  hold: HoldDialog,
  withdraw: WithdrawDialog,
  reopen: ReopenDialog,
} as const;

type Act = keyof typeof ACTS;

const NAMES = Object.keys(ACTS) as Act[];

/** What one may do with the case besides its task. */
export function CaseActions({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [act, setAct] = useState<Act | null>(null);
  const offered = NAMES.filter((name) => found.can.includes(name));
  const Dialog = act ? ACTS[act] : null;
  if (offered.length === 0) return null;
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        endIcon={<MoreVert />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t("admin.act.more")}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {offered.map((name) => (
          <MenuItem
            key={name}
            onClick={() => {
              setAnchor(null);
              setAct(name);
            }}
          >
            {t(`admin.act.${name}`)}
          </MenuItem>
        ))}
      </Menu>
      {Dialog && <Dialog found={found} onClose={() => setAct(null)} />}
    </>
  );
}
