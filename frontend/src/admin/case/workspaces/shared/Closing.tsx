import Box from "@mui/material/Box";
import { type ComponentProps, useMemo } from "react";
import TaskForm from "../../task/TaskForm";

/** The end of a workspace: the task's own form with the button that completes it. */
export function Closing({ task, ...rest }: ComponentProps<typeof TaskForm>) {
  const bare = useMemo(() => {
    if (!task.form) return task;
    const { description: _, ...schema } = task.form.schema;
    return { ...task, form: { ...task.form, schema } };
  }, [task]);
  return (
    <Box sx={{ borderTop: 1, borderColor: "divider", pt: 2 }}>
      <TaskForm task={bare} {...rest} />
    </Box>
  );
}
