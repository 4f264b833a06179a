import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useTranslate } from "react-admin";
import { useParams } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import type { ComparedRule, TableComparison } from "./types";

const TONE = { added: "success", removed: "danger", changed: "warning", same: "neutral" } as const;

/** A cell: what it would hold, and what it held where that is another thing. */
function Cell({ before, after }: ComparedRule["cells"][number]) {
  const t = useTranslate();
  const gone = before !== null && before !== after;
  return (
    <TableCell sx={{ verticalAlign: "top", fontFamily: "monospace", fontSize: "0.8125rem" }}>
      {after !== null && (gone ? <ins>{after || "–"}</ins> : after || "–")}
      {gone && (
        <Box component="span" sx={{ display: after === null ? "inline" : "block" }}>
          {after !== null && (
            <Box component="span" sx={{ fontFamily: "inherit", color: "text.secondary" }}>
              {t("admin.processes.was")}{" "}
            </Box>
          )}
          <del>{before || "–"}</del>
        </Box>
      )}
    </TableCell>
  );
}

function Rule({ rule, number }: { rule: ComparedRule; number: number }) {
  const t = useTranslate();
  return (
    <TableRow
      sx={(theme) => ({
        backgroundColor:
          rule.change === "same" ? undefined : theme.palette.tones[TONE[rule.change]].surface,
      })}
    >
      <TableCell component="th" scope="row" sx={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
        {number}. {t(`admin.processes.rule_${rule.change}`)}
      </TableCell>
      {rule.cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column alone
        <Cell key={column} {...cell} />
      ))}
      <TableCell sx={{ verticalAlign: "top", minWidth: 220 }}>{rule.why}</TableCell>
    </TableRow>
  );
}

/** A decision table beside the one it would take the place of. */
export default function TablePage() {
  const t = useTranslate();
  const { id } = useParams();
  const compared = useApi<TableComparison>(`/process-versions/tables/${id}/comparison`);
  return (
    <Loaded query={compared} lines={8}>
      {({ name, valid_from, previous_valid_from, columns, inputs, rules }) => (
        <Page
          title={t("admin.processes.table_title", { name })}
          lead={
            previous_valid_from
              ? t("admin.processes.table_lead", { day: valid_from, previous: previous_valid_from })
              : t("admin.processes.table_first", { day: valid_from })
          }
        >
          <Panel flush>
            <TableContainer tabIndex={0} aria-label={t("admin.processes.table_title", { name })}>
              <Table size="small">
                <TableHead>
                  <TableRow>
                    <TableCell>{t("admin.processes.rule")}</TableCell>
                    {columns.map((column, place) => (
                      <TableCell key={column}>
                        {t(place < inputs ? "admin.processes.asked" : "admin.processes.given")}{" "}
                        {column}
                      </TableCell>
                    ))}
                    <TableCell>{t("admin.processes.reason")}</TableCell>
                  </TableRow>
                </TableHead>
                <TableBody>
                  {rules.map((rule, place) => (
                    <Rule key={rule.id} rule={rule} number={place + 1} />
                  ))}
                </TableBody>
              </Table>
            </TableContainer>
          </Panel>
        </Page>
      )}
    </Loaded>
  );
}
