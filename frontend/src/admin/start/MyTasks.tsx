import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useId, useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { TaskView } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Panel } from "../app/ui/Panel";
import { TaskRow } from "./TaskRow";
import type { Start } from "./types";

const GROUPS = ["late", "today", "week", "later"] as const;
const FIRST = 8;

function Group({ name, tasks }: { name: (typeof GROUPS)[number]; tasks: TaskView[] }) {
  const t = useTranslate();
  const id = useId();
  const [all, setAll] = useState(false);
  if (tasks.length === 0) return null;
  const shown = all ? tasks : tasks.slice(0, FIRST);
  return (
    <Box component="section" aria-labelledby={id}>
      <Typography
        id={id}
        variant="caption"
        component="h3"
        sx={(theme) => ({
          px: 2,
          py: 0.75,
          fontWeight: 650,
          color: theme.palette.tones[name === "late" ? "danger" : "neutral"].textSubtle,
          backgroundColor: theme.palette.tones[name === "late" ? "danger" : "neutral"].background,
          borderBlock: 1,
          borderColor: "divider",
        })}
      >
        {t(`admin.start.group.${name}`)} · {tasks.length}
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {shown.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </Box>
      {tasks.length > shown.length && (
        <Button size="small" onClick={() => setAll(true)} sx={{ mx: 1, my: 0.5 }}>
          {t("admin.start.show_all", { smart_count: tasks.length })}
        </Button>
      )}
    </Box>
  );
}

/** My tasks by when they are due; the late ones first. */
export function MyTasks({ tasks }: { tasks: Start["tasks"] }) {
  const t = useTranslate();
  const none = GROUPS.every((name) => tasks[name].length === 0);
  return (
    <Panel title={`${t("admin.start.mine")} · ${tasks.total}`} flush>
      {none ? (
        <Empty
          title={t("admin.start.nothing")}
          hint={t("admin.start.nothing_hint")}
          action={
            <Button component={Link} to="/board" variant="outlined">
              {t("admin.menu.board")}
            </Button>
          }
        />
      ) : (
        GROUPS.map((name) => <Group key={name} name={name} tasks={tasks[name]} />)
      )}
    </Panel>
  );
}
