import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../../../app/http/useApi";
import { Status } from "../../../app/status";
import { Due, When } from "../../../app/ui/When";
import { DiscussionPanel } from "../agreement/discussion/DiscussionPanel";
import { AuthorityPanel } from "./authority/AuthorityPanel";
import { Corrections } from "./Corrections";
import { HandOvers } from "./HandOvers";
import { PaperDialog } from "./PaperDialog";
import { RecallDialog } from "./RecallDialog";
import { ResendDialog } from "./ResendDialog";
import { ON_PAPER, strongEnough } from "./SignerTerms";
import type { SignatoriesView, SignatureRequest } from "./types";

/** A new link helps whose link is lost or was taken back with an old address. */
const CAN_GET_A_NEW_LINK: ReadonlySet<string> = new Set(["sent", "revoked"]);

function Answer({ request }: { request: SignatureRequest }) {
  const t = useTranslate();
  if (request.answered_at) return <When date={request.answered_at} withTime />;
  if (request.status !== "sent" || !request.deadline_on) return null;
  return (
    <>
      {t("admin.task.due")} <Due date={request.deadline_on} />
    </>
  );
}

interface RequestProps {
  request: SignatureRequest;
  method: string;
  onPaper: (() => void) | null;
  onResend: (() => void) | null;
}

function OneRequest({ request, method, onPaper, onResend }: RequestProps) {
  const t = useTranslate();
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        flexWrap: "wrap",
        gap: 1,
        alignItems: "center",
        py: 1,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: "1 1 200px", minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {[request.name, request.role_title].filter(Boolean).join(", ")}
        </Typography>
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {[request.party_name, method].filter(Boolean).join(" · ")}
        </Typography>
        {request.decline_reason && (
          <Typography variant="body2">{request.decline_reason}</Typography>
        )}
      </Box>
      <Typography variant="body2" component="div" sx={{ color: "text.secondary" }}>
        <Status texts="signing.status" state={request.status} /> <Answer request={request} />
      </Typography>
      {onPaper && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t("admin.workspace.signing.paper_named", { name: request.name })}
          onClick={onPaper}
        >
          {t("admin.workspace.signing.paper")}
        </Button>
      )}
      {onResend && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t("admin.workspace.signing.resend_named", { name: request.name })}
          onClick={onResend}
        >
          {t("admin.workspace.signing.resend")}
        </Button>
      )}
    </Box>
  );
}

/** How it goes with each signature until all are given; a lost link is sent anew from here. */
export function SigningProgress({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const [recalling, setRecalling] = useState(false);
  const [onPaper, setOnPaper] = useState<SignatureRequest | null>(null);
  const [chosen, setChosen] = useState<SignatureRequest | null>(null);
  const { data } = useApi<SignatoriesView>(
    `/cases/${caseId}/signatories`,
    {},
    { missingIsEmpty: true },
  );
  if (!data?.sent_at || data.countersigned_at) return null;
  const methodOf = (request: SignatureRequest) =>
    data.methods.find(({ key }) => key === request.required_method)?.label ?? "";
  const mayTakePaper = (request: SignatureRequest) =>
    data.may_take_paper &&
    request.status === "sent" &&
    strongEnough(data.methods, ON_PAPER, request.required_method);
  const mayResend = (request: SignatureRequest) =>
    data.may_resend && CAN_GET_A_NEW_LINK.has(request.status);
  return (
    <Box component="section" sx={{ mt: 2 }}>
      <Typography variant="h3" component="h3">
        {t("admin.workspace.signing.progress")}
      </Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {data.signatories.map((request) => (
          <OneRequest
            key={request.id}
            request={request}
            method={methodOf(request)}
            onPaper={mayTakePaper(request) ? () => setOnPaper(request) : null}
            onResend={mayResend(request) ? () => setChosen(request) : null}
          />
        ))}
      </Box>
      <Corrections caseId={caseId} mayAnswer={data.may_recall} />
      <HandOvers caseId={caseId} mayAnswer={data.may_resend} />
      <AuthorityPanel caseId={caseId} parties={data.parties} />
      {data.countersigner && (
        <Typography variant="body2" sx={{ color: "text.secondary", pt: 0.5 }}>
          {t("admin.workspace.signing.countersigns", { name: data.countersigner.name })}
        </Typography>
      )}
      {data.may_recall && (
        <Button size="small" color="error" sx={{ mt: 1 }} onClick={() => setRecalling(true)}>
          {t("admin.workspace.signing.recall")}
        </Button>
      )}
      <Box sx={{ mt: 2 }}>
        <DiscussionPanel caseId={caseId} />
      </Box>
      {recalling && <RecallDialog caseId={caseId} onClose={() => setRecalling(false)} />}
      {onPaper && (
        <PaperDialog caseId={caseId} request={onPaper} onClose={() => setOnPaper(null)} />
      )}
      {chosen && <ResendDialog caseId={caseId} request={chosen} onClose={() => setChosen(null)} />}
    </Box>
  );
}
