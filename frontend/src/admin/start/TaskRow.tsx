import ArrowForward from "@mui/icons-material/ArrowForward";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { TaskView } from "../app/types";
import { Due } from "../app/ui/When";

const placeOf = (task: TaskView): string => {
  if (task.subject_kind === "case") return `/cases/${task.subject_id}/show?task=${task.id}`;
  return task.subject_kind === "template" ? `/templates/${task.subject_id}/show` : "/";
};

/** One task: the step in plain words, its case, by when, and the button that takes one there. */
export function TaskRow({ task }: { task: TaskView }) {
  const t = useTranslate();
  return (
    <Box
      component="li"
      sx={{
        display: "grid",
        gridTemplateColumns: { xs: "minmax(0, 1fr) auto", sm: "minmax(0, 1fr) 150px auto" },
        columnGap: 2,
        alignItems: "center",
        px: 2,
        py: 1.25,
        "& + &": { borderTop: 1, borderColor: "divider" },
        "&:hover": { backgroundColor: "action.hover" },
      }}
    >
      <Box sx={{ minWidth: 0 }}>
        <MuiLink
          component={Link}
          to={placeOf(task)}
          sx={{ color: "text.primary", fontWeight: 600, fontSize: "0.9375rem" }}
        >
          {task.name}
        </MuiLink>
        <Typography variant="body2" sx={{ color: "text.secondary" }} noWrap>
          {task.subject_title}
        </Typography>
        {task.substitute && task.assignee && (
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {t("admin.absence.for", { name: task.assignee.name })}
          </Typography>
        )}
        <Typography variant="caption" sx={{ display: { sm: "none" } }}>
          <Due date={task.due_on} />
        </Typography>
      </Box>
      <Typography variant="body2" component="div" sx={{ display: { xs: "none", sm: "block" } }}>
        <Due date={task.due_on} none={t("admin.task.no_deadline")} />
      </Typography>
      <Button
        component={Link}
        to={placeOf(task)}
        size="small"
        variant={task.overdue ? "contained" : "outlined"}
        endIcon={<ArrowForward />}
        aria-label={t("admin.task.open_named", { name: task.name, title: task.subject_title })}
      >
        {t("admin.task.open")}
      </Button>
    </Box>
  );
}
