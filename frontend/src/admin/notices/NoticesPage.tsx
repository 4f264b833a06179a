import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { KindsPanel } from "./KindsPanel";
import { PolicyFacts } from "./PolicyFacts";
import { RuleDialog } from "./RuleDialog";
import type { Notices, Rule } from "./types";

type Template = Notices["templates"][number];

const hasOwn = ({ decided }: Rule) => Object.values(decided).some((value) => value != null);

function TemplateRules({ found }: { found: Notices }) {
  const t = useTranslate();
  const [edited, setEdited] = useState<Template | null>(null);
  const mayEdit = found.can.includes("edit");
  const own = found.templates.filter(hasOwn);
  const others = found.templates.filter((template) => !hasOwn(template));
  return (
    <Panel title={t("admin.notices.templates")}>
      {own.length === 0 && (
        <Empty
          title={t("admin.notices.templates_none")}
          hint={mayEdit ? t("admin.notices.templates_none_hint") : ""}
        />
      )}
      {own.map((template) => (
        <Box key={template.key} sx={{ mb: 2.5 }}>
          <Box sx={{ display: "flex", alignItems: "center", gap: 1, mb: 0.75 }}>
            <Typography variant="h3" component="h3" sx={{ flex: 1 }}>
              {template.name}
            </Typography>
            {mayEdit && (
              <Button
                size="small"
                onClick={() => setEdited(template)}
                aria-label={t("admin.notices.change_named", { name: template.name })}
              >
                {t("admin.notices.change")}
              </Button>
            )}
          </Box>
          <PolicyFacts rule={template} />
        </Box>
      ))}
      {mayEdit && others.length > 0 && (
        <TextField
          select
          size="small"
          fullWidth
          label={t("admin.notices.add")}
          value=""
          onChange={({ target }) =>
            setEdited(others.find(({ key }) => key === target.value) ?? null)
          }
        >
          {others.map(({ key, name }) => (
            <MenuItem key={key} value={key}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      )}
      {edited && (
        <RuleDialog
          title={edited.name}
          path={`/notices/templates/${edited.key}`}
          rule={edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

function MunicipalRules({ found }: { found: Notices }) {
  const t = useTranslate();
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={t("admin.notices.municipality")}
      action={
        found.can.includes("edit") && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t("admin.notices.change")}
          </Button>
        )
      }
    >
      <PolicyFacts rule={found.municipality} />
      {editing && (
        <RuleDialog
          title={t("admin.notices.municipality")}
          path="/notices/municipality"
          rule={found.municipality}
          onClose={() => setEditing(false)}
        />
      )}
    </Panel>
  );
}

/** What an administrator decides about reminders, and every message with its text. */
export default function NoticesPage() {
  const t = useTranslate();
  const notices = useApi<Notices>("/notices");
  return (
    <Page title={t("admin.notices.title")} lead={t("admin.notices.lead")}>
      <Loaded query={notices} lines={8}>
        {(found) => (
          <>
            {!found.takes_bounces && (
              <Alert severity="info" sx={{ mb: 2 }}>
                {t("admin.notices.no_bounces")}
              </Alert>
            )}
            <Box
              sx={{
                display: "grid",
                gap: 2,
                alignItems: "start",
                gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "repeat(2, minmax(0, 1fr))" },
              }}
            >
              <Box sx={{ display: "grid", gap: 2 }}>
                <MunicipalRules found={found} />
                <TemplateRules found={found} />
              </Box>
              <KindsPanel kinds={found.kinds} mayTest={found.can.includes("edit")} />
            </Box>
          </>
        )}
      </Loaded>
    </Page>
  );
}
