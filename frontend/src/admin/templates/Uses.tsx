import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Panel } from "../app/ui/Panel";

interface Use {
  case_id: string;
  case_number: string;
  title: string;
  version: number;
  old_wording: boolean;
  status: string;
  status_label: string;
  signed: boolean;
}

/** Which agreements hold which wording of a template; those with an older one say so. */
export function Uses({ templateId }: { templateId: string }) {
  const t = useTranslate();
  const { data } = useApi<Use[]>(`/templates/${templateId}/uses`);
  if (!data) return null;
  const old = data.filter(({ old_wording }) => old_wording);
  return (
    <Panel title={t("admin.template.uses")}>
      <Typography variant="body2" sx={{ mb: 1 }}>
        {t("admin.template.uses_sum", {
          smart_count: data.length,
          signed: data.filter(({ signed }) => signed).length,
          old: old.length,
        })}
      </Typography>
      <Box
        component="ul"
        sx={{ listStyle: "none", m: 0, p: 0, maxHeight: 420, overflowY: "auto" }}
        tabIndex={0}
        aria-label={t("admin.template.uses")}
      >
        {[...old, ...data.filter(({ old_wording }) => !old_wording)].map((use) => (
          <Box component="li" key={use.case_id + use.version + use.status} sx={{ py: 0.75 }}>
            <MuiLink component={Link} to={`/cases/${use.case_id}/show`} sx={{ fontWeight: 600 }}>
              {use.case_number}
            </MuiLink>{" "}
            {use.title}
            <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
              {t("admin.template.version", { number: use.version })} · {use.status_label}{" "}
              {use.old_wording && <Chip size="small" label={t("admin.template.old_wording")} />}
            </Typography>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
