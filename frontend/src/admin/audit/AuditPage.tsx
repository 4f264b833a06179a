import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import MenuItem from "@mui/material/MenuItem";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TablePagination from "@mui/material/TablePagination";
import TableRow from "@mui/material/TableRow";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { PersonView } from "../app/authProvider";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { When } from "../app/ui/When";

interface LoggedAct {
  id: string;
  at: string;
  kind: string;
  sentence: string;
  stream_kind: string;
  stream_id: string;
  stream_name: string | null;
  seq: number;
  digest: string;
}

const KINDS = [
  "case",
  "task",
  "proposal",
  "decision",
  "agreement",
  "signing",
  "engagement",
  "partner",
  "contact",
  "message",
  "process",
  "person",
];
const PAGES: Record<string, string> = { case: "cases", partner: "partners", area: "areas" };
const PER_PAGE = 50;

/** Which chain an entry stands in; the digest is there for who compares it with an anchor. */
function Chain({ act }: { act: LoggedAct }) {
  const name = act.stream_name ?? act.stream_kind;
  const page = PAGES[act.stream_kind];
  return (
    <Box component="span" title={`${act.stream_kind} ${act.seq} · SHA-256 ${act.digest}`}>
      {page ? (
        <MuiLink component={Link} to={`/${page}/${act.stream_id}/show`}>
          {name}
        </MuiLink>
      ) : (
        name
      )}
    </Box>
  );
}

function Acts({ acts }: { acts: readonly LoggedAct[] }) {
  const t = useTranslate();
  if (acts.length === 0)
    return <Empty title={t("admin.audit.none")} hint={t("admin.filter.widen")} />;
  return (
    <TableContainer>
      <Table size="small" aria-label={t("admin.menu.audit")}>
        <TableHead>
          <TableRow>
            <TableCell>{t("admin.audit.when")}</TableCell>
            <TableCell>{t("admin.audit.what")}</TableCell>
            <TableCell>{t("admin.audit.where")}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {acts.map((act) => (
            <TableRow key={act.id}>
              <TableCell sx={{ whiteSpace: "nowrap", verticalAlign: "top" }}>
                <When date={act.at} withTime />
              </TableCell>
              <TableCell sx={{ overflowWrap: "anywhere" }}>{act.sentence}</TableCell>
              <TableCell sx={{ verticalAlign: "top" }}>
                <Chain act={act} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

interface Wanted {
  kind: string;
  person_id: string;
  since: string;
  until: string;
}

function Filters({ wanted, want }: { wanted: Wanted; want: (change: Partial<Wanted>) => void }) {
  const t = useTranslate();
  const people = useApi<ApiPage<PersonView>>("/people", { per_page: 200, sort: "name" });
  const choice = { select: { displayEmpty: true }, inputLabel: { shrink: true } };
  return (
    <Box component="search" sx={{ display: "flex", gap: 1.5, flexWrap: "wrap", mb: 2 }}>
      <TextField
        select
        label={t("admin.audit.kind")}
        value={wanted.kind}
        onChange={(event) => want({ kind: event.target.value })}
        slotProps={choice}
        sx={{ minWidth: 160 }}
      >
        <MenuItem value="">{t("admin.timeline.kind.all")}</MenuItem>
        {KINDS.map((kind) => (
          <MenuItem key={kind} value={kind}>
            {t(`admin.timeline.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={t("admin.audit.who")}
        value={wanted.person_id}
        onChange={(event) => want({ person_id: event.target.value })}
        slotProps={choice}
        sx={{ minWidth: 200 }}
      >
        <MenuItem value="">{t("admin.audit.everybody")}</MenuItem>
        {(people.data?.items ?? []).map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      {(["since", "until"] as const).map((name) => (
        <TextField
          key={name}
          type="date"
          label={t(`admin.audit.${name}`)}
          value={wanted[name]}
          onChange={(event) => want({ [name]: event.target.value })}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      ))}
    </Box>
  );
}

/** Everything that happened, as auditors and archivists read it. */
export default function AuditPage() {
  const t = useTranslate();
  const [page, setPage] = useState(0);
  const [wanted, setWanted] = useState<Wanted>({ kind: "", person_id: "", since: "", until: "" });
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
  const log = useApi<ApiPage<LoggedAct>>(
    "/audit",
    { ...given, page: page + 1, per_page: PER_PAGE },
    { keepPrevious: true },
  );
  return (
    <Page title={t("admin.menu.audit")} lead={t("admin.audit.lead")}>
      <Filters
        wanted={wanted}
        want={(change) => {
          setPage(0);
          setWanted({ ...wanted, ...change });
        }}
      />
      <Card>
        <Loaded query={log} lines={12} height={28}>
          {({ items, total, more }) => (
            <>
              <Acts acts={items} />
              <TablePagination
                component="div"
                count={more ? -1 : total}
                page={page}
                rowsPerPage={PER_PAGE}
                rowsPerPageOptions={[PER_PAGE]}
                onPageChange={(_, to) => setPage(to)}
                labelDisplayedRows={({ from, to }) =>
                  t("ra.navigation.page_range_info", { offsetBegin: from, offsetEnd: to, total })
                }
              />
            </>
          )}
        </Loaded>
      </Card>
    </Page>
  );
}
