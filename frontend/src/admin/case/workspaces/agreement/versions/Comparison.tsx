import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import Typography from "@mui/material/Typography";
import { useId, useState } from "react";
import { useTranslate } from "react-admin";
import { apiUrl } from "../../../../app/http/api";
import { useApi } from "../../../../app/http/useApi";
import { Loaded } from "../../../../app/ui/Loaded";
import { Redline } from "../../../../app/ui/Redline";

export interface Pair {
  before: number;
  after: number;
}

function Compared({ html }: { html: string }) {
  const t = useTranslate();
  const [whole, setWhole] = useState(false);
  if (!/<(ins|del)>/.test(html)) {
    return <Typography>{t("admin.workspace.versions.same")}</Typography>;
  }
  const unchanged = "& section:not(:has(ins, del))";
  return (
    <>
      <Typography variant="body2" sx={{ color: "text.secondary" }}>
        {t("admin.workspace.versions.how_to_read")}
      </Typography>
      <FormControlLabel
        control={<Switch checked={whole} onChange={(_, on) => setWhole(on)} />}
        label={t("admin.workspace.versions.whole")}
        sx={{ my: 1 }}
      />
      <Box sx={whole ? {} : { [unchanged]: { display: "none" } }}>
        <Redline html={html} />
      </Box>
    </>
  );
}

interface Props {
  caseId: string;
  pair: Pair;
  onClose: () => void;
}

/** One kept text word by word beside another, in the browser and as PDF. */
export function Comparison({ caseId, pair, onClose }: Props) {
  const t = useTranslate();
  const titleId = useId();
  const path = `/cases/${caseId}/agreement/versions/comparison`;
  const params = { before: pair.before, after: pair.after };
  const query = useApi<{ html: string }>(path, params);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t("admin.workspace.versions.compared", params)}</DialogTitle>
      <DialogContent tabIndex={0}>
        <Loaded query={query} lines={8}>
          {({ html }) => <Compared html={html} />}
        </Loaded>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button href={apiUrl(`${path}.pdf`, params)} target="_blank" rel="noopener">
          {t("admin.template.open_pdf")}
        </Button>
        <Button variant="contained" onClick={onClose}>
          {t("ra.action.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
