import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useApi } from "../../app/http/useApi";
import { When } from "../../app/ui/When";
import type { Seal } from "../SealState";

/** What a seal proves, in words; the levels are those of PAdES. */
function useLevel() {
  const t = useTranslate();
  return (level: string) =>
    `PAdES ${level}: ${t(`signing.seal_level.${level.replaceAll("-", "_")}`)}`;
}

/** The receipt of the seal: its level, what was given out and when, and where anybody checks it. */
export function SealReceipt({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const inWords = useLevel();
  const { data } = useApi<Seal | null>(`/cases/${caseId}/seal`, {}, { missingIsEmpty: true });
  if (data?.state !== "sealed") return null;
  const isDue = data.wanted_level !== data.level;
  return (
    <Box component="section" sx={{ mt: 2 }}>
      <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
        {t("admin.seal.receipt")}
      </Typography>
      <Typography variant="body2">{inWords(data.level)}</Typography>
      {isDue && (
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {t("admin.seal.level_due", { level: data.wanted_level })}
        </Typography>
      )}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }} aria-label={t("admin.seal.files")}>
        {data.files.map((file) => (
          <Box component="li" key={file.sha256} sx={{ py: 0.75 }}>
            <Typography variant="body2">
              <When date={file.made_at} withTime /> · PAdES {file.level}
            </Typography>
            <Typography
              variant="caption"
              component="div"
              sx={{ color: "text.secondary", overflowWrap: "anywhere" }}
            >
              {t("admin.documents.fingerprint")}: <code>{file.sha256}</code>
            </Typography>
          </Box>
        ))}
      </Box>
      <Link href={data.verify_at} variant="body2">
        {t("admin.seal.verify")}
      </Link>
    </Box>
  );
}
