import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useNavigate } from "react-router-dom";
import { api, type Page } from "../app/http/api";
import { ApiProblem } from "../app/http/problem";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { LANGUAGES } from "../app/language";
import type { Named } from "../app/types";
import { Choice } from "../app/ui/Choice";
import { Loaded } from "../app/ui/Loaded";
import { Panel } from "../app/ui/Panel";
import { AgreementFields } from "../case/workspaces/agreement/AgreementFields";
import type { AgreementEdit } from "../case/workspaces/agreement/types";
import { Cases, type Chosen } from "./Cases";
import { type BulkTemplate, type Candidate, RUNS, type Run } from "./types";

const SHOWN = 200;

/** A choice whose first one, nothing in particular, has a name too. */
const NAMED_FIRST = { select: { displayEmpty: true }, inputLabel: { shrink: true } };

/** Send what was chosen; refusals stand at their fields, and one comes to the run's own page. */
function useStart(body: AgreementEdit & { area_id: string | null; case_ids: Chosen }) {
  const navigate = useNavigate();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const start = useAct(() => api.post<Run>(RUNS, body), {
    onDone: (run) => navigate(`${RUNS}/${run.id}`),
    onProblem: (problem) => {
      if (!(problem instanceof ApiProblem) || problem.status !== 422) return false;
      setErrors(problem.body.errors as Record<string, string>);
      return true;
    },
  });
  return { start, errors };
}

/** Choose a template, cases and common answers, and begin. */
export function StartPanel({ templates }: { templates: readonly BulkTemplate[] }) {
  const t = useTranslate();
  const areas = useApi<Page<Named>>("/areas", { per_page: 100, sort: "name" });
  const [templateId, setTemplateId] = useState(templates[0]?.id ?? "");
  const [language, setLanguage] = useState("nb");
  const [areaId, setAreaId] = useState("");
  const [chosen, setChosen] = useState<Chosen>(null);
  const [fields, setFields] = useState<AgreementEdit["fields"]>({});
  const template = templates.find(({ id }) => id === templateId);
  const found = useApi<Page<Candidate>>(
    `${RUNS}/candidates`,
    { template_id: templateId, area_id: areaId, per_page: SHOWN },
    { enabled: templateId !== "" },
  );
  const spoken = template?.languages.includes(language) ? language : (template?.languages[0] ?? "");
  const body = { template_id: templateId, language: spoken, fields, area_id: areaId || null };
  const { start, errors } = useStart({ ...body, case_ids: chosen });
  const count = chosen?.length ?? found.data?.total ?? 0;
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    setChosen(null);
  };
  const everywhere = { id: "", name: t("admin.bulk.all_areas") };
  const languages = LANGUAGES.filter(({ locale }) => template?.languages.includes(locale));
  return (
    <Panel>
      <Box sx={{ display: "grid", gap: 2.5, gridTemplateColumns: "minmax(0, 1fr)" }}>
        <Box sx={{ display: "grid", gap: 1.5, gridTemplateColumns: { sm: "2fr 1fr 1fr" } }}>
          <Choice
            slotProps={NAMED_FIRST}
            label={t("admin.bulk.template")}
            value={templateId}
            choices={templates.map(({ id, title }) => ({ id, name: title }))}
            onChange={(id) => {
              change(setTemplateId)(id);
              setFields({});
            }}
          />
          <Choice
            slotProps={NAMED_FIRST}
            label={t("admin.bulk.language")}
            value={spoken}
            choices={languages.map(({ locale, name }) => ({ id: locale, name }))}
            onChange={setLanguage}
          />
          <Choice
            slotProps={NAMED_FIRST}
            label={t("admin.bulk.area")}
            value={areaId}
            choices={[everywhere, ...(areas.data?.items ?? [])]}
            onChange={change(setAreaId)}
          />
        </Box>
        <Box component="section">
          <Typography variant="h3" component="h2">
            {t("admin.bulk.cases")}
          </Typography>
          <Typography variant="body2" sx={{ color: "text.secondary", mb: 1 }}>
            {t("admin.bulk.cases_lead")}
          </Typography>
          <Loaded query={found} lines={4}>
            {(page) => <Cases found={page} chosen={chosen} onChange={setChosen} />}
          </Loaded>
          {errors.case_ids && <FormHelperText error>{errors.case_ids}</FormHelperText>}
        </Box>
        {template && template.fields.length > 0 && (
          <Box component="section">
            <Typography variant="h3" component="h2">
              {t("admin.bulk.answers")}
            </Typography>
            <Typography variant="body2" sx={{ color: "text.secondary", mb: 1.5 }}>
              {t("admin.bulk.answers_lead")}
            </Typography>
            <AgreementFields
              saved={{
                view: { fields: template.fields.map((f) => ({ ...f, required: false })), template },
                value: { template_id: templateId, language: spoken, fields },
                change: (next) => setFields(next.fields),
                errors,
              }}
            />
          </Box>
        )}
        <Box>
          <Button
            variant="contained"
            disabled={start.isPending || count === 0}
            onClick={() => start.mutate(undefined)}
          >
            {t("admin.bulk.start", { smart_count: count })}
          </Button>
        </Box>
      </Box>
    </Panel>
  );
}
