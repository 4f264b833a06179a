import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { LANGUAGES } from "../app/language";
import { Status } from "../app/status";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { useMay } from "../app/useMay";
import { NewTypeDialog } from "./NewTypeDialog";
import type { TemplateSummary } from "./types";

const nameOf = (language: string): string =>
  LANGUAGES.find(({ locale }) => locale === language)?.name ?? language;

function TemplateRow({ template }: { template: TemplateSummary }) {
  const t = useTranslate();
  const shown = template.in_force ?? template.newest;
  return (
    <Box component="li" sx={{ p: 2, "& + &": { borderTop: 1, borderColor: "divider" } }}>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <MuiLink
          component={Link}
          to={`/templates/${template.id}/show`}
          sx={{ fontWeight: 600, color: "text.primary" }}
        >
          {template.title}
        </MuiLink>
        <Status texts="contract_templates.status" state={shown.status} />
      </Box>
      <Typography variant="caption" component="p" sx={{ color: "text.secondary", mt: 0.25 }}>
        {t("admin.template.version", { number: shown.number })} ·{" "}
        {template.languages.map(nameOf).join(", ")}
      </Typography>
      {template.fits.length > 0 && (
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
          {template.fits_all
            ? t("admin.template.fits_all")
            : `${t("admin.template.fits")} ${template.fits
                .map((kind) => t(`partners.kind.${kind}`, { _: kind }).toLowerCase())
                .join(", ")}`}
        </Typography>
      )}
    </Box>
  );
}

function byTitle(templates: TemplateSummary[]): TemplateSummary[] {
  return [...templates].sort((one, other) => one.title.localeCompare(other.title, "nb"));
}

/** The approved texts that agreements are drafted from. */
export default function TemplateList() {
  const t = useTranslate();
  const templates = useApi<ApiPage<TemplateSummary>>("/templates", { per_page: 100 });
  const may = useMay();
  const [beginning, setBeginning] = useState(false);
  return (
    <Page
      title={t("admin.menu.templates")}
      lead={t("admin.template.lead")}
      actions={
        may("template:edit") && (
          <Button variant="outlined" onClick={() => setBeginning(true)}>
            {t("admin.editor.new_type")}
          </Button>
        )
      }
      narrow
    >
      {beginning && (
        <NewTypeDialog
          templates={templates.data?.items ?? []}
          onClose={() => setBeginning(false)}
        />
      )}
      <Card>
        <Loaded query={templates} lines={5} height={44}>
          {({ items }) => (
            <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
              {items.length === 0 && <Empty title={t("admin.template.none")} />}
              {byTitle(items).map((template) => (
                <TemplateRow key={template.id} template={template} />
              ))}
            </Box>
          )}
        </Loaded>
      </Card>
    </Page>
  );
}
