import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Sheet } from "../shared/Sheet";
import type { SheetColumn } from "../shared/sheet";
import type { Saved } from "../shared/useSaved";
import type { BudgetLine, PlanEdit, PlanView } from "./types";

const CATEGORIES = ["works", "materials", "equipment", "services", "personnel", "other"];
const BLANK: BudgetLine = { description: "", category: "other", amount_ore: 0 };

/** What it costs, line by line. */
export function Budget({ saved }: { saved: Saved<PlanView, PlanEdit> }) {
  const t = useTranslate();
  const columns: SheetColumn<BudgetLine>[] = [
    { name: "description", label: t("admin.workspace.budget.description"), type: "text" },
    {
      name: "category",
      label: t("admin.workspace.budget.category"),
      type: "choice",
      width: "30%",
      choices: CATEGORIES.map((value) => ({ value, label: t(`funding.category.${value}`) })),
    },
    { name: "amount_ore", label: t("admin.workspace.budget.amount"), type: "money", width: "22%" },
  ];
  return (
    <Box component="section">
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t("admin.workspace.budget.title")}
      </Typography>
      <Sheet
        label={t("admin.workspace.budget.title")}
        columns={columns}
        rows={saved.value.lines}
        blank={BLANK}
        errors={saved.errors}
        path="lines"
        add={t("admin.workspace.add_line")}
        onChange={(lines) => saved.change({ ...saved.value, lines })}
      />
    </Box>
  );
}
