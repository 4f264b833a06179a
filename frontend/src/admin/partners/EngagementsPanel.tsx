import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { Empty } from "../app/ui/Empty";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import { useMay } from "../app/useMay";
import { EngagementDialog } from "./EngagementDialog";
import type { PartnerView } from "./types";

/** When we met, how, and what was said. */
export function EngagementsPanel({ partner }: { partner: PartnerView }) {
  const t = useTranslate();
  const may = useMay();
  const [logging, setLogging] = useState(false);
  return (
    <Panel
      title={t("admin.engagement.many")}
      action={
        may("engagement:log") && (
          <Button size="small" startIcon={<Add />} onClick={() => setLogging(true)}>
            {t("admin.act.log_engagement")}
          </Button>
        )
      }
    >
      {partner.engagements.length === 0 && (
        <Empty title={t("admin.engagement.none")} hint={t("admin.engagement.none_hint")} />
      )}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {partner.engagements.map((met) => (
          <Box
            component="li"
            key={met.id}
            sx={{ py: 1.25, "& + &": { borderTop: 1, borderColor: "divider" } }}
          >
            <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
              {t(`partners.channel.${met.channel}`)} · <When date={met.held_on} />
              {met.contact && ` · ${met.contact.name}`}
              {met.logged_by && ` · ${t("admin.engagement.by", { name: met.logged_by.name })}`}
              {met.case_id && (
                <>
                  {" · "}
                  <MuiLink component={Link} to={`/cases/${met.case_id}/show`}>
                    {t("admin.engagement.to_case")}
                  </MuiLink>
                </>
              )}
            </Typography>
            <Typography variant="body2" sx={{ whiteSpace: "pre-line" }}>
              {met.summary}
            </Typography>
          </Box>
        ))}
      </Box>
      {logging && <EngagementDialog partner={partner} onClose={() => setLogging(false)} />}
    </Panel>
  );
}
