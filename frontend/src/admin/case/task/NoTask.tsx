import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { Empty } from "../../app/ui/Empty";
import type { CaseDetail } from "../types";

/** Nothing to do: either the case is closed, or the system is at work. */
export function NoTask({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const closed = found.stage === "closed";
  return (
    <Empty
      title={t(closed ? "admin.task.closed" : "admin.task.system")}
      hint={t(closed ? "admin.task.closed_hint" : "admin.task.system_hint")}
      action={
        closed && (
          <Button component={Link} to="/cases/create" variant="outlined">
            {t("admin.case.new")}
          </Button>
        )
      }
    />
  );
}
