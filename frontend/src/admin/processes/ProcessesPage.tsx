import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import type { ReactNode } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import { useMay } from "../app/useMay";
import { Discard } from "./Discard";
import type { TableVersion, Versions, VersionView } from "./types";
import { UploadPanel } from "./UploadPanel";

type Shared = Pick<VersionView, "status" | "imported_at" | "imported_by" | "origin">;
const TONES = { draft: "warning", in_force: "success", retired: "default" } as const;

function Row({ row, name, last }: { row: Shared; name: ReactNode; last: ReactNode }) {
  const t = useTranslate();
  return (
    <TableRow>
      <TableCell>{name}</TableCell>
      <TableCell>
        <Chip
          size="small"
          color={TONES[row.status]}
          label={t(`admin.processes.is_${row.status}`)}
        />
      </TableCell>
      <TableCell>
        <When date={row.imported_at} />
        {", "}
        {row.imported_by?.name ?? t(`admin.processes.${row.origin}`)}
      </TableCell>
      <TableCell align="right">{last}</TableCell>
    </TableRow>
  );
}

function List({ title, last, children }: { title: string; last: string; children: ReactNode }) {
  const t = useTranslate();
  return (
    <Panel flush title={t(title)}>
      <TableContainer>
        <Table size="small" aria-label={t(title)}>
          <TableHead>
            <TableRow>
              <TableCell>{t("admin.processes.version")}</TableCell>
              <TableCell>{t("admin.processes.status")}</TableCell>
              <TableCell>{t("admin.processes.came")}</TableCell>
              <TableCell align="right">{t(last)}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>{children}</TableBody>
        </Table>
      </TableContainer>
    </Panel>
  );
}

function PublishTable({ table }: { table: TableVersion }) {
  const t = useTranslate();
  const publish = useAct(() => api.post(`/process-versions/tables/${table.id}/publish`));
  if (table.status !== "draft") return null;
  return (
    <>
      {table.may_publish ? (
        <Button size="small" loading={publish.isPending} onClick={() => publish.mutate(null)}>
          {t("admin.processes.publish")}
        </Button>
      ) : (
        t("admin.processes.needs_another")
      )}
      <Discard name={table.name} path={`tables/${table.id}`} />
    </>
  );
}

/** The versions of processes and decision tables; administrators upload and publish changes. */
export default function ProcessesPage() {
  const t = useTranslate();
  const may = useMay();
  const found = useApi<Versions>("/process-versions");
  return (
    <Page title={t("admin.menu.processes")} lead={t("admin.processes.lead")}>
      <Box sx={{ display: "grid", gap: 2 }}>
        <Loaded query={found} lines={8} height={32}>
          {({ versions, tables }) => (
            <>
              <List title="admin.processes.processes" last="admin.processes.running">
                {versions.map((row) => (
                  <Row
                    key={row.hash}
                    row={row}
                    last={row.running}
                    name={
                      <MuiLink component={Link} to={`/processes/${row.hash}`}>
                        {row.name} ({row.version})
                      </MuiLink>
                    }
                  />
                ))}
              </List>
              <List title="admin.processes.tables" last="admin.processes.publish">
                {tables.map((row) => (
                  <Row
                    key={row.id}
                    row={row}
                    name={
                      <MuiLink component={Link} to={`/processes/tables/${row.id}`}>
                        {t("admin.processes.table", { name: row.name, day: row.valid_from })}
                      </MuiLink>
                    }
                    last={may("workflow:publish") && <PublishTable table={row} />}
                  />
                ))}
              </List>
            </>
          )}
        </Loaded>
        {may("workflow:edit") && <UploadPanel />}
      </Box>
    </Page>
  );
}
