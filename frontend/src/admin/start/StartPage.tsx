import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useGetIdentity, useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { Identity } from "../app/authProvider";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { useMay } from "../app/useMay";
import { MyTasks } from "./MyTasks";
import { Pulse } from "./Pulse";
import { SinceLastVisit } from "./SinceLastVisit";
import type { Start } from "./types";

const WAITING_LINES = 8;

/** Min dag: what I have to do, what others did, how my area does. */
export default function StartPage() {
  const t = useTranslate();
  const may = useMay();
  const me = useGetIdentity().identity as Identity | undefined;
  const start = useApi<Start>("/overview/start");
  const firstName = me?.name?.split(" ")[0] ?? "";
  return (
    <Page
      title={t("admin.start.title", { name: firstName })}
      actions={
        may("case:open") && (
          <Button component={Link} to="/cases/create" variant="contained" startIcon={<Add />}>
            {t("admin.case.new")}
          </Button>
        )
      }
    >
      <Loaded query={start} lines={WAITING_LINES} height={48}>
        {(found) => (
          <Box
            sx={{
              display: "grid",
              gap: 2,
              alignItems: "start",
              gridTemplateColumns: {
                xs: "minmax(0, 1fr)",
                lg: "minmax(0, 1.7fr) minmax(320px, 1fr)",
              },
            }}
          >
            <MyTasks tasks={found.tasks} />
            <Box sx={{ display: "grid", gap: 2 }}>
              <Pulse pulse={found.pulse} />
              <SinceLastVisit news={found.since_last_visit} />
            </Box>
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
