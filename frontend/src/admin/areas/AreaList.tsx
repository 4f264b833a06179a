import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { PhaseBar } from "./PhaseBar";
import type { AreaSummary } from "./types";

function AreaCard({ area }: { area: AreaSummary }) {
  return (
    <Card component="article" sx={{ p: 2, height: "100%" }}>
      <MuiLink component={Link} to={`/areas/${area.id}/show`} sx={{ color: "text.primary" }}>
        <Typography variant="h2" component="span">
          {area.name}
        </Typography>
      </MuiLink>
      <PhaseBar phase={area.phase} />
      <Typography variant="body2" sx={{ whiteSpace: "pre-line" }}>
        {area.summary}
      </Typography>
    </Card>
  );
}

/** The municipality's areas and how far each has come. */
export default function AreaList() {
  const t = useTranslate();
  const areas = useApi<ApiPage<AreaSummary>>("/areas", { per_page: 100 });
  return (
    <Page title={t("admin.menu.areas")} lead={t("admin.area.lead")}>
      <Loaded query={areas} lines={4} height={80}>
        {({ items }) => (
          <Box
            component="ul"
            sx={{
              listStyle: "none",
              m: 0,
              p: 0,
              display: "grid",
              gap: 2,
              gridTemplateColumns: "repeat(auto-fill, minmax(min(380px, 100%), 1fr))",
            }}
          >
            {items.length === 0 && <Empty title={t("admin.area.none")} />}
            {items.map((area) => (
              <li key={area.id}>
                <AreaCard area={area} />
              </li>
            ))}
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
