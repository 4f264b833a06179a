import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableFooter from "@mui/material/TableFooter";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { useTranslate } from "react-admin";
import { Money } from "../../../app/ui/Money";
import { sumOf } from "../shared/sheet";
import type { ProposalContent } from "./types";

interface Item {
  name: string;
  detail: string;
  amount_ore: number;
  [other: string]: string | number;
}

function Items({ title, items }: { title: string; items: readonly Item[] }) {
  const t = useTranslate();
  const id = useId();
  return (
    <Box>
      <Typography variant="h3" id={id} sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      <Table size="small" aria-labelledby={id} sx={{ "& td": { verticalAlign: "top", px: 0.5 } }}>
        <TableBody>
          {items.map(({ name, detail, amount_ore }) => (
            <TableRow key={name + detail + amount_ore}>
              <TableCell>
                {name}
                <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
                  {detail}
                </Typography>
              </TableCell>
              <TableCell align="right">
                <Money ore={amount_ore} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
        <TableFooter>
          <TableRow
            sx={{ "& td": { fontWeight: 650, color: "text.primary", fontSize: "0.875rem" } }}
          >
            <TableCell>{t("admin.workspace.sum")}</TableCell>
            <TableCell align="right">
              <Money ore={sumOf(items, "amount_ore")} />
            </TableCell>
          </TableRow>
        </TableFooter>
      </Table>
    </Box>
  );
}

/** What it costs, line by line, to read. */
export function BudgetTable({ lines }: Pick<ProposalContent, "lines">) {
  const t = useTranslate();
  return (
    <Items
      title={t("admin.workspace.budget.title")}
      items={lines.map(({ description, category, amount_ore }) => ({
        name: description,
        detail: t(`funding.category.${category}`),
        amount_ore,
      }))}
    />
  );
}

/** Who pays or does what, to read. */
export function FundingTable({ contributions }: Pick<ProposalContent, "contributions">) {
  const t = useTranslate();
  return (
    <Items
      title={t("admin.workspace.funding.title")}
      items={contributions.map(({ party, kind, description, amount_ore }) => ({
        name: party,
        detail: [t(`funding.kind.${kind}`), description].filter(Boolean).join(": "),
        amount_ore,
      }))}
    />
  );
}
