import ErrorOutline from "@mui/icons-material/ErrorOutlineOutlined";
import InfoOutlined from "@mui/icons-material/InfoOutlined";
import WarningAmber from "@mui/icons-material/WarningAmberOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Empty } from "../../app/ui/Empty";
import type { Finding } from "./types";

const ICONS = { error: ErrorOutline, warning: WarningAmber, advice: InfoOutlined };
const COLOURS = { error: "error", warning: "warning", advice: "info" } as const;

interface Props {
  findings: Finding[];
  onShow: (finding: Finding) => void;
}

/** What is to be mended or looked at; each line leads to its place. */
export function Checks({ findings, onShow }: Props) {
  const t = useTranslate();
  if (findings.length === 0) return <Empty title={t("admin.editor.check.none")} />;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return (
    <>
      <Typography variant="body2" sx={{ mb: 1 }}>
        {errors > 0
          ? t("admin.editor.check.errors", { smart_count: errors })
          : t("admin.editor.check.no_errors")}
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1 }}>
        {findings.map((finding) => {
          const { severity, language, clause, text, section } = finding;
          const Icon = ICONS[severity];
          return (
            <Box component="li" key={JSON.stringify(finding)} sx={{ display: "flex", gap: 1 }}>
              <Icon
                fontSize="small"
                color={COLOURS[severity]}
                titleAccess={t(`admin.editor.check.${severity}`)}
              />
              <Box sx={{ minWidth: 0 }}>
                <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>
                  {text}
                </Typography>
                <Typography variant="caption" sx={{ color: "text.secondary" }}>
                  {[language && t(`admin.editor.language.${language}`), clause]
                    .filter(Boolean)
                    .join(" · ")}
                </Typography>
                {section !== null && (
                  <Button size="small" onClick={() => onShow(finding)}>
                    {t("admin.editor.show")}
                  </Button>
                )}
              </Box>
            </Box>
          );
        })}
      </Box>
    </>
  );
}
