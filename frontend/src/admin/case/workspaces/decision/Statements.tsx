import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import type { Named } from "../../../app/types";
import { Due, When } from "../../../app/ui/When";

interface Statement {
  id: string;
  asked: Named;
  due_on: string;
  position: string | null;
  text: string;
  given_at: string | null;
}

/** What the municipality's own units said about the proposal, and who has not answered. */
export function Statements({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const { data } = useApi<Statement[]>(`/cases/${caseId}/proposal/statements`);
  if (!data || data.length === 0) return null;
  return (
    <Box component="section" aria-label={t("admin.workspace.decision.statements")}>
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t("admin.workspace.decision.statements")}
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {data.map(({ id, asked, due_on, position, text, given_at }) => (
          <Box
            component="li"
            key={id}
            sx={{ py: 1, "& + &": { borderTop: 1, borderColor: "divider" } }}
          >
            <Typography variant="body2" component="div" sx={{ fontWeight: 600 }}>
              {asked.name}
              {position && `: ${t(`proposals.position.${position}`)}`}
            </Typography>
            <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
              {given_at ? (
                <When date={given_at} />
              ) : (
                <>
                  {t("admin.workspace.decision.not_answered")} <Due date={due_on} />
                </>
              )}
            </Typography>
            {text && (
              <Typography variant="body2" sx={{ whiteSpace: "pre-line", maxWidth: "75ch" }}>
                {text}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
