import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Box from "@mui/material/Box";
import { useLocaleState, useTranslate } from "react-admin";
import { fullDate } from "../app/dates";
import { useApi } from "../app/http/useApi";
import { SealAgain } from "./SealAgain";

export interface Seal {
  state: "sealing" | "failed" | "sealed";
  signed_at: string;
  level: string;
  wanted_level: string;
  files: { level: string; sha256: string; made_at: string }[];
  verify_at: string;
  failures: number;
  failed_at: string | null;
  problem: string;
  may_seal: boolean;
}

const LOOK_AGAIN_MS = 3000;

/** Signed and not sealed yet: it goes on by itself, and the screen shows how. */
function untilSealed(data: unknown): number | false {
  const seal = data as Seal | null | undefined;
  return seal && seal.state !== "sealed" ? LOOK_AGAIN_MS : false;
}

/** Says that everybody has signed and the seal is due, or why it could not be set. */
export function SealState({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const { data } = useApi<Seal | null>(
    `/cases/${caseId}/seal`,
    {},
    { missingIsEmpty: true, again: untilSealed },
  );
  if (!data || data.state === "sealed") return null;
  const failed = data.state === "failed";
  return (
    <Alert
      severity={failed ? "warning" : "info"}
      sx={{ mb: 2, flexWrap: { xs: "wrap", sm: "nowrap" } }}
      action={failed && data.may_seal && <SealAgain caseId={caseId} />}
    >
      <AlertTitle>{t(failed ? "admin.seal.failed" : "admin.seal.sealing")}</AlertTitle>
      {failed && <Box>{data.problem}</Box>}
      <Box>{t(failed ? "admin.seal.goes_on" : "admin.seal.wait")}</Box>
      {data.failed_at && (
        <Box sx={{ fontSize: "0.85rem", mt: 0.5 }}>
          {t("admin.seal.attempts", {
            smart_count: data.failures,
            date: fullDate(data.failed_at, locale),
          })}
        </Box>
      )}
    </Alert>
  );
}
