import Send from "@mui/icons-material/SendOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useLocaleState, useNotify, useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { LANGUAGES } from "../app/language";
import { Panel } from "../app/ui/Panel";
import { PreviewDialog } from "./PreviewDialog";
import type { Kind, Preview } from "./types";

function SampleDialog({
  kind,
  mayTest,
  onClose,
}: {
  kind: Kind;
  mayTest: boolean;
  onClose: () => void;
}) {
  const t = useTranslate();
  const notify = useNotify();
  const [locale] = useLocaleState();
  const [language, setLanguage] = useState(locale);
  const path = `/notices/kinds/${kind.kind}`;
  const { data } = useApi<Preview>(`${path}/sample`, { language }, { keepPrevious: true });
  const test = useAct<void>(() => api.post(`${path}/test`, { language }), {
    onDone: () => notify("admin.notices.tested", { type: "success" }),
  });
  return (
    <PreviewDialog
      title={kind.name}
      says={data}
      onClose={onClose}
      head={
        <ToggleButtonGroup
          exclusive
          size="small"
          value={language}
          aria-label={t("admin.notices.language")}
          onChange={(_, chosen: string | null) => chosen && setLanguage(chosen)}
        >
          {LANGUAGES.map(({ locale: code, name }) => (
            <ToggleButton key={code} value={code} lang={code}>
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
      actions={
        mayTest && (
          <Button
            variant="contained"
            startIcon={<Send />}
            disabled={test.isPending}
            onClick={() => test.mutate()}
          >
            {t("admin.notices.test")}
          </Button>
        )
      }
    />
  );
}

function Row({ kind, onShow }: { kind: Kind; onShow: () => void }) {
  const t = useTranslate();
  const about = [
    kind.channel === "sms" && t("admin.notices.by_sms"),
    kind.reminder && t("admin.notices.is_reminder"),
    kind.waits && t("admin.notices.is_waiting"),
  ].filter(Boolean);
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        alignItems: "center",
        gap: 1,
        px: 2,
        py: 0.75,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" sx={{ "&::first-letter": { textTransform: "uppercase" } }}>
          {kind.name}
        </Typography>
        {about.length > 0 && (
          <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
            {about.join(" · ")}
          </Typography>
        )}
      </Box>
      <Button
        size="small"
        onClick={onShow}
        aria-label={t("admin.notices.show_named", { name: kind.name })}
      >
        {t("admin.notices.show")}
      </Button>
    </Box>
  );
}

/** Every message there is: what it says in each language, and a sample by mail to oneself. */
export function KindsPanel({ kinds, mayTest }: { kinds: Kind[]; mayTest: boolean }) {
  const t = useTranslate();
  const [shown, setShown] = useState<Kind | null>(null);
  const groups = [
    { title: t("admin.notices.for_partners"), kinds: kinds.filter((kind) => !kind.for_staff) },
    { title: t("admin.notices.for_staff"), kinds: kinds.filter((kind) => kind.for_staff) },
  ];
  return (
    <Panel title={t("admin.notices.kinds")} flush>
      <Typography variant="body2" sx={{ px: 2, pb: 1, color: "text.secondary" }}>
        {t("admin.notices.kinds_lead")}
      </Typography>
      {groups.map((group) => (
        <Box key={group.title} sx={{ pb: 1 }}>
          <Typography variant="h3" component="h3" sx={{ px: 2, pt: 1 }}>
            {group.title}
          </Typography>
          <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
            {group.kinds.map((kind) => (
              <Row key={kind.kind} kind={kind} onShow={() => setShown(kind)} />
            ))}
          </Box>
        </Box>
      ))}
      {shown && <SampleDialog kind={shown} mayTest={mayTest} onClose={() => setShown(null)} />}
    </Panel>
  );
}
