import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { fullDate } from "../app/dates";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Due } from "../app/ui/When";
import { useMay } from "../app/useMay";
import { NewClauseDialog } from "./NewClauseDialog";
import type { ClauseSummary } from "./types";

const COLUMNS = ["title", "mandatory", "version", "review", "uses", "status"] as const;
const WIDE_ONLY = { display: { xs: "none", md: "table-cell" } };

/** Whom somebody waits for about a clause, if a newer version is under way. */
function States({ clause }: { clause: ClauseSummary }) {
  const { in_force: current, newest } = clause;
  const states = [...new Set([current?.status ?? newest.status, newest.status])];
  return (
    <Box sx={{ display: "flex", gap: 0.5, flexWrap: "wrap" }}>
      {states.map((state) => (
        <Status key={state} texts="contract_templates.status" state={state} />
      ))}
    </Box>
  );
}

function Row({ clause }: { clause: ClauseSummary }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const shown = clause.in_force ?? clause.newest;
  const carriers = clause.mandatory_for.map(({ title }) => title).join(", ");
  return (
    <TableRow hover>
      <TableCell component="th" scope="row" sx={{ minWidth: 200, fontWeight: 400 }}>
        <MuiLink
          component={Link}
          to={`/clauses/${clause.id}/show`}
          sx={{ fontWeight: 600, color: "text.primary" }}
        >
          {clause.title}
        </MuiLink>
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
          {clause.reason}
        </Typography>
      </TableCell>
      <TableCell sx={{ ...WIDE_ONLY, maxWidth: 280 }}>
        {carriers || t("admin.clause.mandatory_none")}
      </TableCell>
      <TableCell sx={{ ...WIDE_ONLY, whiteSpace: "nowrap" }}>
        {shown.number}
        {shown.in_force_from && (
          <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
            {t("admin.template.since", {
              date: fullDate(shown.in_force_from.slice(0, 10), locale),
            })}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={WIDE_ONLY}>
        <Due date={shown.review_by} none="–" />
      </TableCell>
      <TableCell sx={WIDE_ONLY}>{clause.uses}</TableCell>
      <TableCell>
        <States clause={clause} />
      </TableCell>
    </TableRow>
  );
}

function Rows({ clauses }: { clauses: ClauseSummary[] }) {
  const t = useTranslate();
  return (
    <TableContainer>
      <Table size="small" aria-label={t("admin.clause.title")}>
        <TableHead>
          <TableRow>
            {COLUMNS.map((name) => (
              <TableCell key={name} sx={name === "title" || name === "status" ? {} : WIDE_ONLY}>
                {t(`admin.clause.column.${name}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {clauses.map((clause) => (
            <Row key={clause.id} clause={clause} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** The clause library: what is in force, who must carry it, and what is under way. */
export default function ClauseList() {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const clauses = useApi<ApiPage<ClauseSummary>>("/clauses", { per_page: 200 });
  const may = useMay();
  const [beginning, setBeginning] = useState(false);
  const [wanted, setWanted] = useState("");
  const fits = ({ title, reason }: ClauseSummary) =>
    `${title} ${reason}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <Page
      title={t("admin.clause.title")}
      lead={t("admin.clause.lead")}
      actions={
        may("clause:edit") && (
          <Button variant="outlined" onClick={() => setBeginning(true)}>
            {t("admin.clause.new")}
          </Button>
        )
      }
    >
      {beginning && <NewClauseDialog onClose={() => setBeginning(false)} />}
      <TextField
        size="small"
        type="search"
        label={t("admin.clause.find_in_list")}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        sx={{ mb: 2, width: { xs: "100%", sm: 320 } }}
      />
      <Card>
        <Loaded query={clauses} lines={8} height={44}>
          {({ items }) => {
            const found = items
              .filter(fits)
              .toSorted((one, other) => one.title.localeCompare(other.title, locale));
            if (items.length === 0) return <Empty title={t("admin.clause.none")} />;
            if (found.length === 0) return <Empty title={t("admin.clause.no_hit")} />;
            return <Rows clauses={found} />;
          }}
        </Loaded>
      </Card>
    </Page>
  );
}
