import UploadFile from "@mui/icons-material/UploadFileOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { Panel } from "../app/ui/Panel";
import type { Letterhead } from "./types";

interface Props {
  found: Letterhead;
  onSaved: () => void;
}

/** The municipality's mark: set, changed, or taken away. */
export function MarkPanel({ found, onSaved }: Props) {
  const t = useTranslate();
  const version = found.version;
  const set = useAct((file: File) => api.putFile("/letterhead/mark", file, { version }), {
    onDone: onSaved,
  });
  const remove = useAct(() => api.post("/letterhead/mark/remove", undefined, { version }), {
    onDone: onSaved,
  });
  const busy = set.isPending || remove.isPending;
  return (
    <Panel title={t("admin.letterhead.mark")}>
      <Typography variant="body2">
        {t(found.has_mark ? "admin.letterhead.with_mark" : "admin.letterhead.without")}{" "}
        {t("admin.letterhead.mark_help")}
      </Typography>
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, mt: 1.5 }}>
        <Button component="label" variant="outlined" startIcon={<UploadFile />} disabled={busy}>
          {t("admin.letterhead.choose")}
          <input
            hidden
            type="file"
            accept="image/png,image/jpeg,image/svg+xml"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) set.mutate(file);
              event.target.value = "";
            }}
          />
        </Button>
        {found.has_mark && (
          <Button disabled={busy} onClick={() => remove.mutate(undefined)}>
            {t("admin.letterhead.remove")}
          </Button>
        )}
      </Box>
    </Panel>
  );
}
