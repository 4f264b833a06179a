import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Sheet } from "../shared/Sheet";
import type { SheetColumn } from "../shared/sheet";
import type { Saved } from "../shared/useSaved";
import type { Giver } from "./balance";
import type { Contribution, PlanEdit, PlanView } from "./types";

const KINDS = ["cash", "in_kind"];
const BLANK: Contribution = { party_id: null, kind: "cash", description: "", amount_ore: 0 };

interface Props {
  saved: Saved<PlanView, PlanEdit>;
  givers: readonly Giver[];
}

/** Who pays or does what: the municipality and each party. */
export function Funding({ saved, givers }: Props) {
  const t = useTranslate();
  const columns: SheetColumn<Contribution>[] = [
    {
      name: "party_id",
      label: t("admin.workspace.funding.who"),
      type: "choice",
      width: "27%",
      choices: givers.map(({ party_id, name }) => ({ value: party_id, label: name })),
    },
    {
      name: "kind",
      label: t("admin.workspace.funding.kind"),
      type: "choice",
      width: "19%",
      choices: KINDS.map((value) => ({ value, label: t(`funding.kind.${value}`) })),
    },
    { name: "description", label: t("admin.workspace.funding.description"), type: "text" },
    { name: "amount_ore", label: t("admin.workspace.budget.amount"), type: "money", width: "19%" },
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
        add={t("admin.workspace.add_contribution")}
        onChange={(contributions) => saved.change({ ...saved.value, contributions })}
      />
    </Box>
  );
}
