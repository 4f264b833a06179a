import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { CaseDetail } from "../../types";
import { Sheet } from "../shared/Sheet";
import type { SheetColumn } from "../shared/sheet";
import type { Saved } from "../shared/useSaved";
import type { Contribution, PlanEdit, PlanView } from "./types";

const KINDS = ["cash", "in_kind"];
const BLANK: Contribution = { party_id: null, kind: "cash", description: "", amount_ore: 0 };

/** Who pays or does what: the municipality and each party. */
export function Funding({ saved, found }: { saved: Saved<PlanView, PlanEdit>; found: CaseDetail }) {
  const t = useTranslate();
  const parties = [
    { value: null, label: t("admin.workspace.funding.municipality") },
    ...found.parties.map(({ id, partner }) => ({ value: id, label: partner.name })),
  ];
  const columns: SheetColumn<Contribution>[] = [
    {
      name: "party_id",
      label: t("admin.workspace.funding.who"),
      type: "choice",
      width: "30%",
      choices: parties,
    },
    {
      name: "kind",
      label: t("admin.workspace.funding.kind"),
      type: "choice",
      width: "20%",
      choices: KINDS.map((value) => ({ value, label: t(`funding.kind.${value}`) })),
    },
    { name: "description", label: t("admin.workspace.funding.description"), type: "text" },
    { name: "amount_ore", label: t("admin.workspace.budget.amount"), type: "money", width: "20%" },
  ];
  return (
    <Box component="section">
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t("admin.workspace.funding.title")}
      </Typography>
      <Sheet
        label={t("admin.workspace.funding.title")}
        columns={columns}
        rows={saved.value.contributions}
        blank={BLANK}
        errors={saved.errors}
        path="contributions"
        onChange={(contributions) => saved.change({ ...saved.value, contributions })}
      />
    </Box>
  );
}
