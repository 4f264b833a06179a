import Search from "@mui/icons-material/Search";
import Box from "@mui/material/Box";
import Dialog from "@mui/material/Dialog";
import InputBase from "@mui/material/InputBase";
import Typography from "@mui/material/Typography";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { useTranslate } from "react-admin";
import { useNavigate } from "react-router-dom";
import { useApi } from "../http/useApi";
import { useDelayed } from "../useDelayed";
import { useMay } from "../useMay";

interface Hit {
  kind: string;
  id: string;
  partner_id: string | null;
  title: string;
  subtitle: string;
}

interface Choice {
  key: string;
  kind: string;
  title: string;
  subtitle: string;
  to: string;
}

/** Where something found leads; a contact person leads to the partner. */
function placeOf({ kind, id, partner_id }: Hit): string {
  if (kind === "case") return `/cases/${id}/show`;
  return `/partners/${partner_id ?? id}/show`;
}

const COMMANDS = [
  { to: "/", text: "admin.menu.start", action: "me:read" },
  { to: "/board", text: "admin.menu.board", action: "case:read" },
  { to: "/cases/create", text: "admin.case.new", action: "case:open" },
  { to: "/partners/create", text: "admin.partner.new", action: "partner:edit" },
  { to: "/partners", text: "admin.menu.partners", action: "partner:read" },
  { to: "/areas", text: "admin.menu.areas", action: "area:read" },
  { to: "/strategy", text: "admin.menu.strategy", action: "strategy:read" },
  { to: "/templates", text: "admin.menu.templates", action: "template:read" },
  { to: "/clauses", text: "admin.clause.title", action: "clause:read" },
] as const;

function useChoices(text: string): Choice[] {
  const t = useTranslate();
  const may = useMay();
  const wanted = useDelayed(text.trim(), 150);
  const { data: hits } = useApi<Hit[]>(
    "/overview/search",
    { q: wanted },
    { enabled: wanted.length > 1, keepPrevious: true },
  );
  return useMemo(() => {
    const needle = text.trim().toLowerCase();
    const commands = COMMANDS.filter(({ action }) => may(action))
      .map(({ to, text: key }) => ({
        key: to,
        kind: "go_to",
        title: t(key),
        subtitle: "",
        to,
      }))
      .filter(({ title }) => title.toLowerCase().includes(needle));
    const found = (needle.length > 1 ? (hits ?? []) : []).map((hit) => ({
      ...hit,
      key: `${hit.kind}:${hit.id}`,
      to: placeOf(hit),
    }));
    return [...found, ...commands];
  }, [hits, may, t, text]);
}

function ChoiceRow({
  choice,
  id,
  chosen,
  onChoose,
}: {
  choice: Choice;
  id: string;
  chosen: boolean;
  onChoose: () => void;
}) {
  const t = useTranslate();
  return (
    <Box
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onClick={onChoose}
      sx={(theme) => ({
        px: 2,
        py: 1,
        cursor: "pointer",
        display: "flex",
        gap: 2,
        alignItems: "baseline",
        justifyContent: "space-between",
        backgroundColor: chosen ? theme.palette.tones.accent.surface : undefined,
        "&:hover": { backgroundColor: theme.palette.tones.neutral.surface },
      })}
    >
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 550 }} noWrap>
          {choice.title}
        </Typography>
        {choice.subtitle && (
          <Typography variant="caption" sx={{ color: "text.secondary" }} noWrap component="p">
            {choice.subtitle}
          </Typography>
        )}
      </Box>
      <Typography variant="caption" sx={{ color: "text.secondary", flexShrink: 0 }}>
        {t(`admin.search.kind.${choice.kind}`)}
      </Typography>
    </Box>
  );
}

function SearchBody({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(text);
  const current = Math.min(at, choices.length - 1);

  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    void navigate(choice.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((current + step + choices.length) % Math.max(choices.length, 1));
    }
    if (event.key === "Enter") go(choices[current]);
  };

  return (
    <>
      <Box
        sx={{
          display: "flex",
          alignItems: "center",
          gap: 1.5,
          px: 2,
          py: 1,
          borderBottom: 1,
          borderColor: "divider",
        }}
      >
        <Search aria-hidden sx={{ color: "text.secondary" }} />
        <InputBase
          autoFocus
          fullWidth
          value={text}
          placeholder={t("admin.search.hint")}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          inputProps={{
            role: "combobox",
            "aria-label": t("admin.search.open"),
            "aria-expanded": choices.length > 0,
            "aria-controls": listId,
            "aria-activedescendant": choices.length > 0 ? `${listId}-${current}` : undefined,
          }}
        />
      </Box>
      <Box
        id={listId}
        role="listbox"
        aria-label={t("admin.search.results")}
        sx={{ overflowY: "auto", maxHeight: "60vh", py: 0.5 }}
      >
        {choices.map((choice, index) => (
          <ChoiceRow
            key={choice.key}
            id={`${listId}-${index}`}
            choice={choice}
            chosen={index === current}
            onChoose={() => go(choice)}
          />
        ))}
      </Box>
      {choices.length === 0 && (
        <Typography role="status" variant="body2" sx={{ px: 2, pb: 2, color: "text.secondary" }}>
          {t("admin.search.nothing", { text })}
        </Typography>
      )}
    </>
  );
}

/** Find anything: cases, partners, areas, templates, and the places of the menu. */
export function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslate();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-label={t("admin.search.open")}
      sx={{ "& .MuiDialog-container": { alignItems: "flex-start" } }}
    >
      <SearchBody onClose={onClose} />
    </Dialog>
  );
}
