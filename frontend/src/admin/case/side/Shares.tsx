import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableFooter from "@mui/material/TableFooter";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Money } from "../../app/ui/Money";
import type { FundingSummary } from "../types";

/** What each party brings, in money and in kind. */
export function Shares({ plan }: { plan: FundingSummary }) {
  const t = useTranslate();
  return (
    <Box sx={{ overflowX: "auto" }}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{t("admin.money.party")}</TableCell>
            <TableCell align="right">{t("admin.money.cash")}</TableCell>
            <TableCell align="right">{t("admin.money.in_kind")}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {plan.by_party.map((share) => (
            <TableRow key={share.party_id ?? "municipality"}>
              <TableCell>{share.name}</TableCell>
              <TableCell align="right">
                <Money ore={share.cash_ore} />
              </TableCell>
              <TableCell align="right">
                <Money ore={share.in_kind_ore} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
        <TableFooter>
          <TableRow
            sx={{ "& td": { fontWeight: 650, color: "text.primary", fontSize: "0.875rem" } }}
          >
            <TableCell>{t("admin.money.total")}</TableCell>
            <TableCell align="right" colSpan={2}>
              <Money ore={plan.total_ore} />
            </TableCell>
          </TableRow>
        </TableFooter>
      </Table>
      {!plan.balanced && plan.missing_ore > 0 && (
        <Typography variant="body2" sx={{ mt: 1, fontWeight: 600 }}>
          {t("admin.money.missing")} <Money ore={plan.missing_ore} />
        </Typography>
      )}
    </Box>
  );
}
