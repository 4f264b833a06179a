import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Chip from "@mui/material/Chip";
import FormControlLabel from "@mui/material/FormControlLabel";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import type { ClauseView, Holding, Impact } from "./types";

const FEW = 10;
const MORE = 50;
const MOST = 200;

interface Props {
  clause: ClauseView;
  impact: Impact;
}

function Line({ holding, old }: { holding: Holding; old: boolean }) {
  const t = useTranslate();
  return (
    <Box component="li" sx={{ py: 0.75, "& + &": { borderTop: 1, borderColor: "divider" } }}>
      <MuiLink component={Link} to={`/cases/${holding.case_id}/show`} sx={{ fontWeight: 600 }}>
        {holding.case_number}
      </MuiLink>{" "}
      {holding.title}
      <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
        {holding.status_label} · {t("admin.clause.holds", { number: holding.number })}{" "}
        {old && <Chip size="small" label={t("admin.clause.old_wording")} />}
      </Typography>
    </Box>
  );
}

/** The agreements that hold a clause, those with an older wording by themselves if wished. */
export function Agreements({ clause, impact }: Props) {
  const t = useTranslate();
  const { now, old } = impact;
  const outdated = old.running + old.signed;
  const total = now.running + now.signed + outdated;
  const [onlyOld, setOnlyOld] = useState(outdated > 0);
  const [shown, setShown] = useState(FEW);
  const list = useApi<Holding[]>(
    `/clauses/${clause.id}/agreements`,
    { old: onlyOld, per_page: shown },
    { enabled: total > 0, keepPrevious: true },
  );
  if (total === 0) return <Typography>{t("admin.clause.agreements_none")}</Typography>;
  const current = clause.in_force?.number ?? 0;
  const matching = onlyOld ? outdated : total;
  return (
    <>
      <Typography variant="body2">
        {t("admin.clause.agreements_sum", { smart_count: total })}{" "}
        {outdated > 0
          ? t("admin.clause.agreements_old", { smart_count: outdated, ...old })
          : t("admin.clause.agreements_current")}
      </Typography>
      {outdated > 0 && (
        <FormControlLabel
          label={t("admin.clause.only_old")}
          control={<Checkbox size="small" checked={onlyOld} onChange={(_, on) => setOnlyOld(on)} />}
        />
      )}
      <Loaded query={list} lines={4}>
        {(items) => (
          <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
            {items.map((holding) => (
              <Line
                key={`${holding.case_id}:${holding.number}:${holding.status}`}
                holding={holding}
                old={onlyOld || (outdated > 0 && holding.number < current)}
              />
            ))}
          </Box>
        )}
      </Loaded>
      {matching > shown && shown < MOST && (
        <Button size="small" onClick={() => setShown(Math.min(shown + MORE, MOST))}>
          {t("admin.clause.more")}
        </Button>
      )}
    </>
  );
}
