import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { apiUrl } from "../../../app/http/api";
import { SignaturesPanel } from "../../side/SignaturesPanel";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";

/** Read what the partners signed, see their signatures, and sign for the municipality. */
export default function CountersignWorkspace(props: WorkspaceProps) {
  const t = useTranslate();
  const address = apiUrl(`/cases/${props.caseId}/documents/shown.pdf`);
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Box
        component="iframe"
        title={t("admin.documents.shown")}
        src={address}
        sx={{
          width: "100%",
          height: { xs: "60vh", md: 620 },
          border: 1,
          borderColor: "divider",
          borderRadius: 1,
        }}
      />
      <Box>
        <Button href={address} target="_blank" rel="noopener" variant="outlined">
          {t("admin.template.open_pdf")}
        </Button>
      </Box>
      <SignaturesPanel caseId={props.caseId} />
      <Closing {...props} />
    </Box>
  );
}
