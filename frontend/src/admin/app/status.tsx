/** One vocabulary of states, with one icon and one tone each, wherever a state is shown. */

import type { SvgIconComponent } from "@mui/icons-material";
import AssignmentTurnedIn from "@mui/icons-material/AssignmentTurnedInOutlined";
import Block from "@mui/icons-material/BlockOutlined";
import Cancel from "@mui/icons-material/CancelOutlined";
import CheckCircle from "@mui/icons-material/CheckCircleOutlined";
import Description from "@mui/icons-material/DescriptionOutlined";
import Draw from "@mui/icons-material/DrawOutlined";
import EditNote from "@mui/icons-material/EditNoteOutlined";
import Forum from "@mui/icons-material/ForumOutlined";
import Gavel from "@mui/icons-material/GavelOutlined";
import Handshake from "@mui/icons-material/HandshakeOutlined";
import HourglassEmpty from "@mui/icons-material/HourglassEmptyOutlined";
import Inventory from "@mui/icons-material/Inventory2Outlined";
import Mail from "@mui/icons-material/MailOutlined";
import ManageSearch from "@mui/icons-material/ManageSearchOutlined";
import PlayCircle from "@mui/icons-material/PlayCircleOutlined";
import RadioButtonUnchecked from "@mui/icons-material/RadioButtonUncheckedOutlined";
import Undo from "@mui/icons-material/UndoOutlined";
import Verified from "@mui/icons-material/VerifiedOutlined";
import Visibility from "@mui/icons-material/VisibilityOutlined";
import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import type { Tone } from "./tokens";

export interface StatusLook {
  icon: SvgIconComponent;
  tone: Tone;
}

export const STAGES = [
  "first_contact",
  "clarification",
  "proposal",
  "co_funding",
  "agreement",
  "signing",
  "follow_up",
] as const;

const LOOKS: Record<string, StatusLook> = {
  first_contact: { icon: Forum, tone: "accent" },
  clarification: { icon: ManageSearch, tone: "accent" },
  proposal: { icon: EditNote, tone: "accent" },
  co_funding: { icon: Gavel, tone: "accent" },
  agreement: { icon: Description, tone: "accent" },
  signing: { icon: Draw, tone: "accent" },
  follow_up: { icon: Handshake, tone: "success" },
  closed: { icon: Inventory, tone: "neutral" },
  completed: { icon: CheckCircle, tone: "success" },
  informal_cooperation: { icon: Handshake, tone: "success" },
  letter_of_cooperation: { icon: Handshake, tone: "success" },
  not_pursued: { icon: Block, tone: "neutral" },
  declined_by_municipality: { icon: Cancel, tone: "danger" },
  declined_by_partner: { icon: Cancel, tone: "danger" },
  not_signed: { icon: Cancel, tone: "danger" },
  withdrawn: { icon: Undo, tone: "neutral" },
  planned: { icon: RadioButtonUnchecked, tone: "neutral" },
  contacted: { icon: Forum, tone: "info" },
  in_cooperation: { icon: Handshake, tone: "info" },
  agreed: { icon: Verified, tone: "success" },
  under_way: { icon: PlayCircle, tone: "info" },
  done: { icon: CheckCircle, tone: "success" },
  dropped: { icon: Block, tone: "neutral" },
  open: { icon: RadioButtonUnchecked, tone: "neutral" },
  fulfilled: { icon: AssignmentTurnedIn, tone: "success" },
  not_asked: { icon: RadioButtonUnchecked, tone: "neutral" },
  waiting: { icon: HourglassEmpty, tone: "neutral" },
  confirmed: { icon: CheckCircle, tone: "success" },
  changed: { icon: Undo, tone: "warning" },
  refused: { icon: Cancel, tone: "danger" },
  approved: { icon: CheckCircle, tone: "success" },
  rejected: { icon: Cancel, tone: "danger" },
  returned: { icon: Undo, tone: "warning" },
  drafting: { icon: EditNote, tone: "neutral" },
  draft: { icon: EditNote, tone: "neutral" },
  in_review: { icon: Visibility, tone: "info" },
  out_for_signature: { icon: Draw, tone: "info" },
  sent: { icon: Mail, tone: "info" },
  queued: { icon: HourglassEmpty, tone: "neutral" },
  opened: { icon: Visibility, tone: "info" },
  signed: { icon: Draw, tone: "success" },
  sealing: { icon: HourglassEmpty, tone: "info" },
  sealed: { icon: Verified, tone: "success" },
  in_force: { icon: Verified, tone: "success" },
  retired: { icon: Inventory, tone: "neutral" },
  declined: { icon: Cancel, tone: "danger" },
  voided: { icon: Block, tone: "neutral" },
  revoked: { icon: Block, tone: "neutral" },
  expired: { icon: HourglassEmpty, tone: "warning" },
  active: { icon: CheckCircle, tone: "success" },
  ended: { icon: Inventory, tone: "neutral" },
  withheld: { icon: Block, tone: "neutral" },
  bounced: { icon: Undo, tone: "danger" },
  failed: { icon: Cancel, tone: "danger" },
};

const UNKNOWN: StatusLook = { icon: RadioButtonUnchecked, tone: "neutral" };

export const lookOf = (state: string): StatusLook => LOOKS[state] ?? UNKNOWN;

interface Props {
  /** Where the word for the state is found, for example `cases.stage`. */
  texts: string;
  state: string;
  plain?: boolean;
}

/** A state as icon and word; colour only supports them. */
export function Status({ texts, state, plain = false }: Props) {
  const t = useTranslate();
  const { icon: Icon, tone } = lookOf(state);
  return (
    <Box
      component="span"
      sx={(theme) => ({
        display: "inline-flex",
        alignItems: "center",
        gap: 0.5,
        whiteSpace: "nowrap",
        fontSize: "0.8125rem",
        fontWeight: 550,
        lineHeight: 1.3,
        color: theme.palette.tones[tone].text,
        ...(plain
          ? {}
          : {
              backgroundColor: theme.palette.tones[tone].surface,
              borderRadius: 1,
              paddingInline: 0.875,
              paddingBlock: 0.25,
            }),
      })}
    >
      <Icon
        aria-hidden
        sx={(theme) => ({ fontSize: 16, color: theme.palette.tones[tone].textSubtle })}
      />
      {t(`${texts}.${state}`, { _: state })}
    </Box>
  );
}
