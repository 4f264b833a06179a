import TableRows from "@mui/icons-material/TableRowsOutlined";
import ViewKanban from "@mui/icons-material/ViewKanbanOutlined";
import Timeline from "@mui/icons-material/ViewTimelineOutlined";
import Button from "@mui/material/Button";
import ButtonGroup from "@mui/material/ButtonGroup";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";

const VIEWS = [
  { name: "board", path: "/board", icon: ViewKanban },
  { name: "list", path: "/cases", icon: TableRows },
  { name: "time", path: "/board/time", icon: Timeline },
] as const;

interface Props {
  current: (typeof VIEWS)[number]["name"];
  query: string;
}

/** The same cases as board, list or map of time; the filter goes along. */
export function ViewSwitch({ current, query }: Props) {
  const t = useTranslate();
  return (
    <ButtonGroup size="small" aria-label={t("admin.board.views")}>
      {VIEWS.map(({ name, path, icon: Icon }) => (
        <Button
          key={name}
          component={Link}
          to={query ? `${path}?${query}` : path}
          startIcon={<Icon />}
          variant={name === current ? "contained" : "outlined"}
          aria-current={name === current ? "true" : undefined}
        >
          {t(`admin.board.view.${name}`)}
        </Button>
      ))}
    </ButtonGroup>
  );
}
