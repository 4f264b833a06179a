import Description from "@mui/icons-material/DescriptionOutlined";
import Verified from "@mui/icons-material/VerifiedOutlined";
import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useApi } from "../../app/http/useApi";
import { Empty } from "../../app/ui/Empty";
import { Folded } from "../../app/ui/Folded";
import { Loaded } from "../../app/ui/Loaded";
import { When } from "../../app/ui/When";
import type { CaseDetail, CaseDocument } from "../types";
import { TextVersions, type TextVersionsView } from "../workspaces/agreement/versions/TextVersions";
import { SigningProgress } from "../workspaces/signatories/SigningProgress";
import { SealReceipt } from "./SealReceipt";
import { SignaturesPanel } from "./SignaturesPanel";

const FINGERPRINT_SHOWN = 16;

function OneDocument({ document }: { document: CaseDocument }) {
  const t = useTranslate();
  const Icon = document.kind === "sealed" ? Verified : Description;
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        gap: 1.25,
        py: 1.25,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Icon aria-hidden sx={{ color: "text.secondary" }} />
      <Box sx={{ minWidth: 0 }}>
        <MuiLink href={document.url} target="_blank" rel="noopener" sx={{ fontWeight: 600 }}>
          {document.title}
        </MuiLink>
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
          {t(`admin.documents.${document.kind}`)} · <When date={document.at} withTime />
        </Typography>
        <Typography
          variant="caption"
          component="p"
          sx={{ color: "text.secondary", overflowWrap: "anywhere" }}
        >
          {t("admin.documents.fingerprint")} {document.sha256.slice(0, FINGERPRINT_SHOWN)}…
        </Typography>
      </Box>
    </Box>
  );
}

/** The texts that were kept on the way, once there are any. */
function KeptTexts({ caseId }: { caseId: string }) {
  const t = useTranslate();
  const query = useApi<TextVersionsView>(`/cases/${caseId}/agreement/versions`);
  if (!query.data?.versions.length) return null;
  return (
    <Box sx={{ my: 1.5 }}>
      <Folded title={t("admin.workspace.versions.title")}>
        <TextVersions caseId={caseId} />
      </Folded>
    </Box>
  );
}

/** The documents of the case: the one that was shown and the one that was sealed. */
export function DocumentsTab({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const query = useApi<CaseDocument[]>(
    `/cases/${found.id}/documents`,
    {},
    { missingIsEmpty: true },
  );
  const empty = <Empty title={t("admin.documents.none")} hint={t("admin.documents.none_hint")} />;
  return (
    <>
      <Loaded query={query} empty={empty}>
        {(documents) =>
          documents.length === 0 ? (
            empty
          ) : (
            <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
              {documents.map((document) => (
                <OneDocument key={document.kind + document.sha256} document={document} />
              ))}
            </Box>
          )
        }
      </Loaded>
      <KeptTexts caseId={found.id} />
      <SigningProgress caseId={found.id} />
      <SignaturesPanel caseId={found.id} />
      <SealReceipt caseId={found.id} />
    </>
  );
}
