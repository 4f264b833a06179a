import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { FormProvider, useForm } from "react-hook-form";
import { api, apiUrl } from "../app/http/api";
import { ApiProblem } from "../app/http/problem";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { TextLine } from "../app/ui/Fields";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { MarkPanel } from "./MarkPanel";
import type { Letterhead } from "./types";

interface Typed {
  unit: string;
  contact_lines: string;
  colour: string;
}

const FIELDS = { "/unit": "unit", "/contact_lines": "contact_lines", "/colour": "colour" } as const;

function Words({ found, onSaved }: { found: Letterhead; onSaved: () => void }) {
  const t = useTranslate();
  const form = useForm<Typed>({
    values: {
      unit: found.unit,
      colour: found.colour,
      contact_lines: found.contact_lines.join("\n"),
    },
  });
  const showAtFields = (problem: Error) => {
    if (!(problem instanceof ApiProblem) || problem.status !== 422) return false;
    for (const { pointer, detail } of problem.problem.errors ?? []) {
      const name = Object.entries(FIELDS).find(([begins]) => pointer.startsWith(begins))?.[1];
      if (name) form.setError(name, { message: detail }, { shouldFocus: true });
    }
    return true;
  };
  const save = useAct(
    ({ unit, contact_lines, colour }: Typed) =>
      api.put(
        "/letterhead",
        { unit, colour, contact_lines: contact_lines.split("\n").filter((line) => line.trim()) },
        { version: found.version },
      ),
    { onDone: onSaved, onProblem: showAtFields },
  );
  return (
    <Panel title={found.municipality}>
      <FormProvider {...form}>
        <Box
          component="form"
          noValidate
          onSubmit={form.handleSubmit((typed) => save.mutate(typed))}
          sx={{
            display: "grid",
            gap: 2,
            justifyItems: "start",
            "& > .MuiTextField-root": { width: 1 },
          }}
        >
          <Alert severity="info" sx={{ width: 1 }}>
            {t("admin.letterhead.name_from")}
          </Alert>
          <TextLine
            name="unit"
            label={t("admin.letterhead.unit")}
            help={t("admin.letterhead.unit_help")}
          />
          <TextLine
            name="contact_lines"
            label={t("admin.letterhead.contact")}
            help={t("admin.letterhead.contact_help")}
            multiline
            minRows={3}
          />
          <TextLine
            name="colour"
            label={t("admin.letterhead.colour")}
            help={t("admin.letterhead.colour_help")}
          />
          <Button type="submit" variant="contained" disabled={save.isPending}>
            {t("admin.letterhead.save")}
          </Button>
        </Box>
      </FormProvider>
    </Panel>
  );
}

/** How the municipality's documents look, with a sample that is the real thing. */
export default function LetterheadPage() {
  const t = useTranslate();
  const letterhead = useApi<Letterhead>("/letterhead");
  const [saves, setSaves] = useState(0);
  const sample = apiUrl("/letterhead/preview.pdf", { n: saves });
  const onSaved = () => setSaves((before) => before + 1);
  return (
    <Page title={t("admin.letterhead.title")} lead={t("admin.letterhead.lead")}>
      <Loaded query={letterhead} lines={8}>
        {(found) => (
          <Box
            sx={{
              display: "grid",
              gap: 2,
              alignItems: "start",
              gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 2fr) minmax(0, 3fr)" },
            }}
          >
            <Box sx={{ display: "grid", gap: 2 }}>
              <Words found={found} onSaved={onSaved} />
              <MarkPanel found={found} onSaved={onSaved} />
            </Box>
            <Panel
              title={t("admin.letterhead.preview")}
              action={
                <Button href={sample} target="_blank" rel="noopener">
                  {t("admin.letterhead.open")}
                </Button>
              }
            >
              <Box
                component="iframe"
                key={sample}
                src={sample}
                title={t("admin.letterhead.preview")}
                sx={{ width: 1, height: { xs: 420, lg: 760 }, border: 0, display: "block" }}
              />
            </Panel>
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
