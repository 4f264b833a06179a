import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { lookOf } from "../app/status";
import { Money } from "../app/ui/Money";
import { CaseCard } from "./CaseCard";
import type { BoardColumn } from "./types";

interface Props {
  column: BoardColumn;
  /** The address of the list with the same filter. */
  listAddress: string;
}

/** One stage: how many, how much, and its cards. */
export function BoardColumnView({ column, listAddress }: Props) {
  const t = useTranslate();
  const id = useId();
  const { icon: Icon } = lookOf(column.stage);
  const hidden = column.count - column.cards.length;
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={(theme) => ({
        width: { xs: "100%", md: 272 },
        flexShrink: 0,
        borderRadius: 1.5,
        p: 1,
        backgroundColor: theme.palette.tones.neutral.surface,
      })}
    >
      <Box sx={{ display: "flex", alignItems: "center", gap: 0.75, px: 0.5, pb: 1 }}>
        <Icon aria-hidden sx={{ fontSize: 18, color: "text.secondary" }} />
        <Typography id={id} variant="h3" component="h2" sx={{ flex: 1, minWidth: 0 }}>
          {t(`cases.stage.${column.stage}`)}{" "}
          <Box component="span" sx={{ color: "text.secondary", fontWeight: 500 }}>
            {column.count}
          </Box>
        </Typography>
        {column.sum_ore > 0 && (
          <Typography variant="caption" sx={{ color: "text.secondary" }}>
            <Money ore={column.sum_ore} short />
          </Typography>
        )}
      </Box>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1 }}>
        {column.cards.map((card) => (
          <li key={card.id}>
            <CaseCard found={card} />
          </li>
        ))}
      </Box>
      {column.count === 0 && (
        <Typography
          variant="caption"
          component="p"
          sx={{ px: 0.5, py: 1, color: "text.secondary" }}
        >
          {t("admin.board.empty")}
        </Typography>
      )}
      {hidden > 0 && (
        <MuiLink
          component={Link}
          to={listAddress}
          variant="caption"
          sx={{ display: "block", p: 1 }}
        >
          {t("admin.board.more", { smart_count: hidden })}
        </MuiLink>
      )}
    </Box>
  );
}
