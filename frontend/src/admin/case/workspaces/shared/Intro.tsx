import Typography from "@mui/material/Typography";
import type { TaskDetail } from "../../types";

/** What the task asks for, in the words of its form. */
export function Intro({ task }: { task: TaskDetail }) {
  const text = task.form?.schema.description;
  if (typeof text !== "string") return null;
  return (
    <Typography variant="body2" sx={{ color: "text.secondary", maxWidth: "70ch" }}>
      {text}
    </Typography>
  );
}
