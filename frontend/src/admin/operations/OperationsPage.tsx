import Box from "@mui/material/Box";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { DefinitionPanel } from "./Definitions";
import { SealsPanel } from "./Seals";
import { FailedJobsPanel, StuckPanel } from "./Troubles";
import type { Operations } from "./types";

const LOOK_AGAIN_MS = 10_000;
const stack = { display: "grid", gap: 2, minWidth: 0, alignContent: "start" } as const;

/** How the engine room is doing: what needs a hand first, then where everything stands. */
export default function OperationsPage() {
  const t = useTranslate();
  const operations = useApi<Operations>("/operations", {}, { again: () => LOOK_AGAIN_MS });
  return (
    <Page title={t("admin.menu.operations")} lead={t("admin.operations.lead")}>
      <Loaded query={operations} lines={10} height={32}>
        {({ definitions, stuck, failed_jobs, can_retry }) => (
          <Box
            sx={{
              display: "grid",
              gap: 2,
              gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 3fr) minmax(0, 2fr)" },
            }}
          >
            <Box sx={{ ...stack, order: { lg: 1 } }}>
              <SealsPanel />
              <StuckPanel stuck={stuck} />
              <FailedJobsPanel jobs={failed_jobs} canRetry={can_retry} />
            </Box>
            <Box sx={stack}>
              {definitions.length === 0 && <Empty title={t("admin.operations.none")} />}
              {definitions.map((definition) => (
                <DefinitionPanel
                  key={`${definition.process}/${definition.version}`}
                  definition={definition}
                />
              ))}
            </Box>
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
