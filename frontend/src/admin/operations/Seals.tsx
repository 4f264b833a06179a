import Link from "@mui/material/Link";
import { useTranslate } from "react-admin";
import { Link as RouterLink } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import { SealAgain } from "../case/SealAgain";
import { Row, Rows, Small } from "./Rows";

export interface WaitingSeal {
  case_id: string;
  title: string;
  number: string;
  signed_at: string | null;
  failures: number;
  failed_at: string | null;
  problem: string;
  may_seal: boolean;
}

const LOOK_AGAIN_MS = 10_000;

/** Agreements that everybody has signed and that have no seal yet; nothing is shown where none. */
export function SealsPanel() {
  const t = useTranslate();
  const { data } = useApi<WaitingSeal[]>("/operations/seals", {}, { again: () => LOOK_AGAIN_MS });
  if (!data || data.length === 0) return null;
  return (
    <Panel flush title={t("admin.operations.seals")}>
      <Rows>
        {data.map((one) => (
          <Row
            key={one.case_id}
            action={one.may_seal && <SealAgain caseId={one.case_id} of={one.title} />}
          >
            <Link component={RouterLink} to={`/cases/${one.case_id}/show`}>
              {one.title}
            </Link>
            {one.problem && <Small>{one.problem}</Small>}
            <Small>
              {one.number} · {t("admin.operations.attempts", { smart_count: one.failures })}
              {one.failed_at && (
                <>
                  {" · "}
                  <When date={one.failed_at} withTime />
                </>
              )}
            </Small>
          </Row>
        ))}
      </Rows>
    </Panel>
  );
}
