import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useParams } from "react-router-dom";
import { apiUrl, type Page as Listed } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { LANGUAGES } from "../app/language";
import type { TaskView } from "../app/types";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { OneTask } from "../case/task/OneTask";
import { Changes } from "./Changes";
import type { TemplateView } from "./types";
import { Uses } from "./Uses";
import { Versions } from "./Versions";

/** What waits for somebody about this template. */
function Waiting({ template, tasks }: { template: TemplateView; tasks: TaskView[] }) {
  return tasks.map((task) => (
    <Card key={task.id}>
      <OneTask caseId={template.id} summary={task} action={null} />
    </Card>
  ));
}

function Preview({ template }: { template: TemplateView }) {
  const t = useTranslate();
  const [language, setLanguage] = useState(template.languages[0] ?? "nb");
  const address = apiUrl(`/templates/${template.id}/preview.pdf`, { language });
  return (
    <Card>
      <Box sx={{ display: "flex", gap: 1.5, p: 1.5, alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="body2" sx={{ flex: "1 1 200px", color: "text.secondary" }}>
          {t("admin.template.preview_hint")}
        </Typography>
        {template.languages.length > 1 && (
          <ToggleButtonGroup
            exclusive
            size="small"
            value={language}
            aria-label={t("admin.language")}
            onChange={(_, chosen: string | null) => chosen && setLanguage(chosen)}
          >
            {LANGUAGES.filter(({ locale }) => template.languages.includes(locale)).map(
              ({ locale, name }) => (
                <ToggleButton key={locale} value={locale}>
                  {name}
                </ToggleButton>
              ),
            )}
          </ToggleButtonGroup>
        )}
        <Button href={address} target="_blank" rel="noopener" variant="outlined">
          {t("admin.template.open_pdf")}
        </Button>
      </Box>
      <Box
        component="iframe"
        title={t("admin.template.preview_of", { title: template.title })}
        src={address}
        sx={{
          display: "block",
          width: "100%",
          height: { xs: "60vh", md: "78vh" },
          border: 0,
          bgcolor: "divider",
        }}
      />
    </Card>
  );
}

/** A template: how it looks with sample data, and its versions. */
export default function TemplateShow() {
  const t = useTranslate();
  const { id = "" } = useParams();
  const query = useApi<TemplateView>(`/templates/${id}`);
  const waiting = useApi<Listed<TaskView>>("/tasks", { subject_id: id, status: "open" });
  const tasks = waiting.data?.items ?? [];
  return (
    <Loaded query={query} lines={8} height={36}>
      {(template) => (
        <Page title={template.title} over={t("admin.template.one")}>
          <Box
            sx={{
              display: "grid",
              gap: 2,
              alignItems: "start",
              gridTemplateColumns: {
                xs: "minmax(0, 1fr)",
                lg: "minmax(0, 3fr) minmax(220px, 1fr)",
              },
            }}
          >
            <Box sx={{ display: "grid", gap: 2, minWidth: 0 }}>
              <Changes template={template} />
              <Preview template={template} />
            </Box>
            <Box sx={{ display: "grid", gap: 2 }}>
              <Waiting template={template} tasks={tasks} />
              <Versions template={template} underReview={tasks.length > 0} />
              <Uses templateId={template.id} />
            </Box>
          </Box>
        </Page>
      )}
    </Loaded>
  );
}
