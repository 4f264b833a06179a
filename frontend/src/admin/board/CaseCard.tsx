import type { SvgIconComponent } from "@mui/icons-material";
import EventBusy from "@mui/icons-material/EventBusyOutlined";
import Event from "@mui/icons-material/EventOutlined";
import Groups from "@mui/icons-material/GroupsOutlined";
import HowToReg from "@mui/icons-material/HowToRegOutlined";
import PauseCircle from "@mui/icons-material/PauseCircleOutlined";
import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { daysUntil } from "../app/dates";
import type { CaseSummary } from "../app/types";
import { Money } from "../app/ui/Money";
import { Due } from "../app/ui/When";

function Fact({ icon: Icon, children }: { icon: SvgIconComponent; children: ReactNode }) {
  return (
    <Box sx={{ display: "flex", gap: 0.75, alignItems: "flex-start" }}>
      <Icon aria-hidden sx={{ fontSize: 16, mt: "2px", color: "text.secondary" }} />
      <Typography variant="caption" component="div" sx={{ minWidth: 0 }}>
        {children}
      </Typography>
    </Box>
  );
}

/** One case on the board: who, what, how long, by when, whose turn. */
export function CaseCard({ found, now }: { found: CaseSummary; now?: Date }) {
  const t = useTranslate();
  const days = Math.max(0, -daysUntil(found.stage_since, now));
  const turn = found.whose_turn;
  const more =
    found.party_count > 1
      ? t("admin.board.more_parties", { smart_count: found.party_count - 1 })
      : "";
  return (
    <Box
      component="article"
      sx={(theme) => ({
        position: "relative",
        p: 1.5,
        borderRadius: 1,
        bgcolor: "background.paper",
        border: 1,
        borderColor: found.overdue ? theme.palette.tones.danger.border : "divider",
        display: "grid",
        gap: 0.75,
        "&:hover": { borderColor: theme.palette.tones.accent.base },
        "&:focus-within": { outline: `3px solid ${theme.palette.text.primary}`, outlineOffset: 1 },
      })}
    >
      <Box>
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }} noWrap>
          {found.lead_partner?.name ?? found.number}
        </Typography>
        <MuiLink
          component={Link}
          to={`/cases/${found.id}/show`}
          sx={{
            color: "text.primary",
            fontWeight: 600,
            fontSize: "0.9rem",
            lineHeight: 1.35,
            outline: "none !important",
            "&::after": { content: '""', position: "absolute", inset: 0 },
          }}
        >
          {found.title}
        </MuiLink>
      </Box>
      {found.next_due_on && (
        <Fact icon={found.overdue ? EventBusy : Event}>
          <Due date={found.next_due_on} {...(now ? { now } : {})} />
        </Fact>
      )}
      {found.on_hold && <Fact icon={PauseCircle}>{t("admin.hold.short")}</Fact>}
      {turn && <Fact icon={HowToReg}>{turn.person_name ?? turn.label}</Fact>}
      {more && <Fact icon={Groups}>{more}</Fact>}
      <Typography
        variant="caption"
        component="p"
        sx={{ color: "text.secondary", display: "flex", justifyContent: "space-between", gap: 1 }}
      >
        <span>
          {days === 0
            ? t("admin.board.new_here")
            : t("admin.board.days_here", { smart_count: days })}
        </span>
        {found.total_ore ? <Money ore={found.total_ore} short /> : null}
      </Typography>
    </Box>
  );
}
