import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { BoardColumnView } from "./BoardColumnView";
import { CaseFilters } from "./CaseFilters";
import type { Board } from "./types";
import { useCaseFilter } from "./useCaseFilter";
import { ViewSwitch } from "./ViewSwitch";

/** All open cases by stage. */
export default function BoardPage() {
  const t = useTranslate();
  const { filter, change, query } = useCaseFilter();
  const board = useApi<Board>("/overview/board", filter, { keepPrevious: true });
  return (
    <Page title={t("admin.menu.board")} actions={<ViewSwitch current="board" query={query} />}>
      <CaseFilters filter={filter} change={change} />
      <Loaded query={board} lines={6} height={64}>
        {({ columns }) => (
          <Box
            role="group"
            aria-label={t("admin.menu.board")}
            sx={{
              display: "flex",
              flexDirection: { xs: "column", md: "row" },
              alignItems: "flex-start",
              gap: 1.5,
              overflowX: { md: "auto" },
              pb: 2,
              mx: { lg: -1 },
              px: { lg: 1 },
            }}
          >
            {columns
              .filter(({ stage }) => stage !== "closed")
              .map((column) => (
                <BoardColumnView
                  key={column.stage}
                  column={column}
                  listAddress={`/cases?${new URLSearchParams({ ...filter, stage: column.stage })}`}
                />
              ))}
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
