import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import { useTheme } from "@mui/material/styles";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TableSortLabel from "@mui/material/TableSortLabel";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";
import type { ReactNode } from "react";
import { Pagination, type RaRecord, useListContext, useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { Failed } from "./Failed";
import { Waiting } from "./Waiting";

export interface Column<T> {
  name: string;
  label: string;
  render: (record: T) => ReactNode;
  /** The `sort` of the API, where there is one. */
  sort?: string;
  align?: "right";
}

interface Props<T extends RaRecord> {
  label: string;
  columns: readonly [Column<T>, ...Column<T>[]];
  /** Where the first column leads. */
  to: (record: T) => string;
  empty: ReactNode;
  pageSizes?: number[];
}

function Head<T extends RaRecord>({ columns }: { columns: readonly Column<T>[] }) {
  const t = useTranslate();
  const { sort, setSort } = useListContext();
  return (
    <TableHead>
      <TableRow>
        {columns.map(({ name, label, sort: field, align }) => {
          const active = field !== undefined && sort.field === field;
          const direction = sort.order === "DESC" ? "desc" : "asc";
          return (
            <TableCell key={name} align={align} sortDirection={active ? direction : false}>
              {field === undefined ? (
                t(label)
              ) : (
                <TableSortLabel
                  active={active}
                  direction={active ? direction : "asc"}
                  onClick={() =>
                    setSort({ field, order: active && direction === "asc" ? "DESC" : "ASC" })
                  }
                >
                  {t(label)}
                </TableSortLabel>
              )}
            </TableCell>
          );
        })}
      </TableRow>
    </TableHead>
  );
}

function Name({ to, children }: { to: string; children: ReactNode }) {
  return (
    <MuiLink component={Link} to={to} sx={{ fontWeight: 600, color: "text.primary" }}>
      {children}
    </MuiLink>
  );
}

function Rows<T extends RaRecord>({
  label,
  columns,
  to,
  records,
}: Pick<Props<T>, "label" | "columns" | "to"> & { records: T[] }) {
  return (
    <TableContainer>
      <Table size="small" aria-label={label}>
        <Head columns={columns} />
        <TableBody>
          {records.map((record) => (
            <TableRow key={record.id} hover>
              {columns.map(({ name, render, align }, index) => (
                <TableCell key={name} align={align}>
                  {index === 0 ? <Name to={to(record)}>{render(record)}</Name> : render(record)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Cards<T extends RaRecord>({
  columns,
  to,
  records,
}: Pick<Props<T>, "columns" | "to"> & { records: T[] }) {
  const t = useTranslate();
  const [first, ...others] = columns;
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
      {records.map((record) => (
        <Box
          component="li"
          key={record.id}
          sx={{ p: 1.75, "& + &": { borderTop: 1, borderColor: "divider" } }}
        >
          <Name to={to(record)}>{first.render(record)}</Name>
          <Box
            component="dl"
            sx={{
              m: 0,
              mt: 0.5,
              display: "grid",
              gridTemplateColumns: "auto 1fr",
              columnGap: 1.5,
              rowGap: 0.25,
            }}
          >
            {others.map(({ name, label, render }) => (
              <Box key={name} sx={{ display: "contents" }}>
                <Typography variant="caption" component="dt" sx={{ color: "text.secondary" }}>
                  {t(label)}
                </Typography>
                <Typography variant="caption" component="dd" sx={{ m: 0, minWidth: 0 }}>
                  {render(record)}
                </Typography>
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** A list as a table, and as cards where the screen is narrow; the first column is the way in. */
export function RecordTable<T extends RaRecord>(props: Props<T>) {
  const { empty, pageSizes = [25, 50, 100] } = props;
  const narrow = useMediaQuery(useTheme().breakpoints.down("sm"));
  const { data, isPending, error, refetch, total = 0, perPage } = useListContext<T>();
  if (error) return <Failed problem={error as Error} onRetry={() => void refetch()} />;
  if (isPending)
    return (
      <Card sx={{ p: 2 }}>
        <Waiting lines={8} height={28} />
      </Card>
    );
  const records = data ?? [];
  return (
    <Card>
      {records.length === 0 && empty}
      {records.length > 0 &&
        (narrow ? <Cards {...props} records={records} /> : <Rows {...props} records={records} />)}
      {total > Math.min(perPage, pageSizes[0] ?? perPage) && (
        <Box sx={{ borderTop: 1, borderColor: "divider" }}>
          <Pagination rowsPerPageOptions={pageSizes} />
        </Box>
      )}
    </Card>
  );
}
