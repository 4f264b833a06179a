import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import type { CaseSummary } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Panel } from "../app/ui/Panel";

/** The cases a partner takes part in. */
export function PartnerCases({ partnerId }: { partnerId: string }) {
  const t = useTranslate();
  const cases = useApi<ApiPage<CaseSummary>>(`/partners/${partnerId}/cases`, { per_page: 50 });
  return (
    <Panel title={t("admin.partner.cases")}>
      <Loaded query={cases}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("admin.partner.no_cases")} hint={t("admin.partner.no_cases_hint")} />
          ) : (
            <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
              {items.map((found) => (
                <Box
                  component="li"
                  key={found.id}
                  sx={{
                    display: "flex",
                    gap: 1.5,
                    py: 1,
                    alignItems: "center",
                    justifyContent: "space-between",
                    "& + &": { borderTop: 1, borderColor: "divider" },
                  }}
                >
                  <Box sx={{ minWidth: 0 }}>
                    <MuiLink
                      component={Link}
                      to={`/cases/${found.id}/show`}
                      sx={{ fontWeight: 600 }}
                    >
                      {found.title}
                    </MuiLink>
                    <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
                      {found.number} · {found.area.name}
                    </Typography>
                  </Box>
                  {found.outcome ? (
                    <Status texts="cases.outcome" state={found.outcome} />
                  ) : (
                    <Status texts="cases.stage" state={found.stage} />
                  )}
                </Box>
              ))}
            </Box>
          )
        }
      </Loaded>
    </Panel>
  );
}
