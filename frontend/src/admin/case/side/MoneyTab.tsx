import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { Page } from "../../app/http/api";
import { useApi } from "../../app/http/useApi";
import { Status } from "../../app/status";
import { Empty } from "../../app/ui/Empty";
import { Loaded } from "../../app/ui/Loaded";
import { Money } from "../../app/ui/Money";
import { When } from "../../app/ui/When";
import type { CaseDetail, Decision, FundingSummary } from "../types";
import { Shares } from "./Shares";

function OneDecision({ decision }: { decision: Decision }) {
  const t = useTranslate();
  return (
    <Box component="li" sx={{ py: 1.25, "& + &": { borderTop: 1, borderColor: "divider" } }}>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <Status texts="decisions.outcome" state={decision.outcome} />
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          <Money ore={decision.amount_ore} />
        </Typography>
      </Box>
      <Typography variant="body2" sx={{ mt: 0.5, whiteSpace: "pre-line" }}>
        {decision.reasons}
      </Typography>
      {decision.conditions && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {t("admin.money.conditions")} {decision.conditions}
        </Typography>
      )}
      {decision.confirmed_by.length > 0 && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {t("admin.money.confirmed_by", { names: decision.confirmed_by.join(", ") })}
        </Typography>
      )}
      <Typography variant="caption" component="div" sx={{ color: "text.secondary", mt: 0.5 }}>
        {[
          decision.decided_by?.name,
          t(`decisions.level.${decision.level}`),
          decision.legal_reference,
        ]
          .filter(Boolean)
          .join(" · ")}{" "}
        · <When date={decision.decided_at} withTime />
      </Typography>
    </Box>
  );
}

/** What it costs, who pays, and what was decided. */
export function MoneyTab({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const plan = useApi<FundingSummary>(
    `/cases/${found.id}/funding-plan`,
    {},
    { missingIsEmpty: true },
  );
  const decisions = useApi<Page<Decision>>(
    `/cases/${found.id}/decisions`,
    {},
    { missingIsEmpty: true },
  );
  const noPlan = <Empty title={t("admin.money.none")} hint={t("admin.money.none_hint")} />;
  return (
    <>
      <Loaded query={plan} empty={noPlan}>
        {(data) => (data.version === 0 ? noPlan : <Shares plan={data} />)}
      </Loaded>
      <Typography variant="h3" component="h3" sx={{ mt: 2.5, mb: 0.5 }}>
        {t("admin.money.decisions")}
      </Typography>
      <Loaded query={decisions} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography variant="body2" sx={{ color: "text.secondary" }}>
              {t("admin.money.no_decisions")}
            </Typography>
          ) : (
            <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
              {items.map((decision) => (
                <OneDecision key={decision.id} decision={decision} />
              ))}
            </Box>
          )
        }
      </Loaded>
    </>
  );
}
