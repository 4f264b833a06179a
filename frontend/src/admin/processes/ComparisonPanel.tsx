import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Panel } from "../app/ui/Panel";
import { ChangedDiagram } from "./ChangedDiagram";
import type { Comparison } from "./types";

/** What is another than in the version in force: drawings first, then every file. */
export function ComparisonPanel({ compared }: { compared: Comparison }) {
  const t = useTranslate();
  return (
    <Panel title={t("admin.processes.differences", { name: compared.name })}>
      <Box sx={{ display: "grid", gap: 3 }}>
        {compared.diagrams.map((diagram) => (
          <ChangedDiagram key={diagram.process} compared={diagram} />
        ))}
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {compared.files.map(({ path, change }) => (
            <li key={path}>
              <Typography component="span" variant="body2" sx={{ overflowWrap: "anywhere" }}>
                {t(`admin.processes.file_${change}`, { path })}
              </Typography>
            </li>
          ))}
        </Box>
        {compared.files.length === 0 && (
          <Typography variant="body2">{t("admin.processes.same")}</Typography>
        )}
      </Box>
    </Panel>
  );
}
