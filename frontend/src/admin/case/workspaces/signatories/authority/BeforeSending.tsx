import { useApi } from "../../../../app/http/useApi";
import type { CaseDetail } from "../../../types";
import type { SignatoriesView } from "../types";
import { AuthorityPanel } from "./AuthorityPanel";
import { useAuthorities } from "./useAuthorities";

/** Who may sign for each party, for legal, who decides what is unclear while another plans. */
export function BeforeSending({ caseId }: { caseId: string }) {
  const authorities = useAuthorities(caseId);
  const found = useApi<CaseDetail>(`/cases/${caseId}`);
  const plan = useApi<SignatoriesView>(
    `/cases/${caseId}/signatories`,
    {},
    { missingIsEmpty: true },
  );
  const decides = authorities?.parties.some(({ can }) => can.includes("decide"));
  const isPlanned = plan.data !== undefined && !plan.data?.sent_at;
  if (!decides || !isPlanned || !found.data) return null;
  return <AuthorityPanel caseId={caseId} parties={found.data.parties} />;
}
