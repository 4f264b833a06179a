import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { apiUrl } from "../../../app/http/api";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { SigningProgress } from "./SigningProgress";

/** Read what the partners signed, see their signatures, and sign for the municipality. */
export default function CountersignWorkspace(props: WorkspaceProps) {
  const t = useTranslate();
  const address = apiUrl(`/cases/${props.caseId}/documents/shown.pdf`);
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <Intro task={props.task} />
      <SigningProgress caseId={props.caseId} />
      <Box
        component="iframe"
        title={t("admin.documents.shown")}
        src={`${address}#navpanes=0&view=FitH`}
        sx={{
          display: { xs: "none", md: "block" },
          width: "100%",
          height: 680,
          border: 1,
          borderColor: "divider",
          borderRadius: 1,
        }}
      />
      <Box>
        <Button href={address} target="_blank" rel="noopener" variant="outlined">
          {t("admin.workspace.signing.open_document")}
        </Button>
      </Box>
      <Closing {...props} />
    </Box>
  );
}
