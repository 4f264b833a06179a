import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Sheet } from "../shared/Sheet";
import type { SheetColumn } from "../shared/sheet";
import type { Saved } from "../shared/useSaved";
import type { Activity, ProposalEdit, ProposalView } from "./types";

const BLANK: Activity = { title: "", starts_on: null, ends_on: null, responsible: "" };

/** The time plan: what is done, from when to when, by whom. */
export function Activities({ saved }: { saved: Saved<ProposalView, ProposalEdit> }) {
  const t = useTranslate();
  const columns: SheetColumn<Activity>[] = [
    { name: "title", label: t("admin.workspace.activity.title"), type: "text" },
    {
      name: "starts_on",
      label: t("admin.workspace.activity.starts_on"),
      type: "date",
      width: "142px",
    },
    { name: "ends_on", label: t("admin.workspace.activity.ends_on"), type: "date", width: "142px" },
    {
      name: "responsible",
      label: t("admin.workspace.activity.responsible"),
      type: "text",
      width: "24%",
    },
  ];
  return (
    <Box component="section">
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t("admin.workspace.activities")}
      </Typography>
      <Sheet
        label={t("admin.workspace.activities")}
        columns={columns}
        rows={saved.value.activities}
        blank={BLANK}
        errors={saved.errors}
        path="activities"
        add={t("admin.workspace.add_activity")}
        onChange={(activities) => saved.change({ ...saved.value, activities })}
      />
    </Box>
  );
}
