import Draw from "@mui/icons-material/DrawOutlined";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useApi } from "../../app/http/useApi";
import { When } from "../../app/ui/When";

interface Signature {
  name: string;
  role_title: string;
  on_behalf_of: string;
  method_label: string;
  signed_at: string;
}

/** Who signed, for whom, when and how. */
export function SignaturesPanel({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const { data } = useApi<Signature[]>(`/cases/${caseId}/signatures`, {}, { missingIsEmpty: true });
  if (!data || data.length === 0) return null;
  return (
    <Box component="section" sx={{ mt: 2 }}>
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t("admin.documents.signatures")}
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {data.map((given) => (
          <Box
            component="li"
            key={given.name + given.signed_at}
            sx={{ display: "flex", gap: 1.25, py: 0.75 }}
          >
            <Draw aria-hidden fontSize="small" sx={{ color: "text.secondary" }} />
            <Box sx={{ minWidth: 0 }}>
              <Typography variant="body2">
                {[given.name, given.role_title, given.on_behalf_of].filter(Boolean).join(", ")}
              </Typography>
              <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
                {given.method_label} · <When date={given.signed_at} withTime />
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
