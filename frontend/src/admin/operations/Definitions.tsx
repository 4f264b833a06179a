import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Empty } from "../app/ui/Empty";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import type { Definition, Standing } from "./types";

const numeric = { fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" } as const;

function Where({ standing }: { standing: Standing }) {
  const t = useTranslate();
  return (
    <TableRow hover>
      <TableCell>
        {standing.name}
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
          {standing.process_name} · {standing.role_label}
        </Typography>
      </TableCell>
      <TableCell align="right" sx={numeric}>
        {standing.waiting}
        {standing.late > 0 && (
          <Typography variant="caption" component="p" sx={{ color: "error.main" }}>
            {t("admin.operations.late", { smart_count: standing.late })}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={numeric}>
        <When date={standing.oldest} />
      </TableCell>
    </TableRow>
  );
}

/** Where the instances of one version of a process wait, longest first. */
export function DefinitionPanel({ definition }: { definition: Definition }) {
  const t = useTranslate();
  return (
    <Panel
      flush
      title={definition.name}
      action={
        <Typography variant="caption" sx={{ color: "text.secondary", textAlign: "right" }}>
          {t("admin.operations.running", { smart_count: definition.running })} ·{" "}
          {t("admin.operations.version")}{" "}
          <Box component="span" sx={{ fontFamily: "monospace" }}>
            {definition.version}
          </Box>
        </Typography>
      }
    >
      {definition.elements.length === 0 ? (
        <Empty title={t("admin.operations.nobody")} />
      ) : (
        <TableContainer>
          <Table size="small" aria-label={definition.name}>
            <TableHead>
              <TableRow>
                <TableCell>{t("admin.operations.step")}</TableCell>
                <TableCell align="right">{t("admin.operations.waiting")}</TableCell>
                <TableCell>{t("admin.operations.oldest")}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {definition.elements.map((standing) => (
                <Where
                  key={`${standing.process}/${standing.element}/${standing.role_label}`}
                  standing={standing}
                />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </Panel>
  );
}
