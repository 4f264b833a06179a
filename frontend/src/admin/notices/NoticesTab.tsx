import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { type ReactNode, useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { When } from "../app/ui/When";
import type { CaseDetail } from "../case/types";
import { PolicyFacts } from "./PolicyFacts";
import { PreviewDialog } from "./PreviewDialog";
import { RuleDialog } from "./RuleDialog";
import type { CaseNotices, PlannedNotice, Preview, SentMessage } from "./types";

interface LineProps {
  name: string;
  recipient: string;
  state?: ReactNode;
  children: ReactNode;
  onShow: () => void;
}

function Line({ name, recipient, state, children, onShow }: LineProps) {
  const t = useTranslate();
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        gap: 1,
        alignItems: "flex-start",
        py: 1,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" sx={{ "&::first-letter": { textTransform: "uppercase" } }}>
          {name} {t("admin.notices.to", { name: recipient })}
        </Typography>
        <Typography
          variant="caption"
          component="div"
          sx={{ display: "flex", gap: 1, flexWrap: "wrap", color: "text.secondary", mt: 0.25 }}
        >
          {state}
          {children}
        </Typography>
      </Box>
      <Button
        size="small"
        onClick={onShow}
        aria-label={`${t("admin.notices.show_named", { name })}, ${recipient}`}
      >
        {t("admin.notices.show")}
      </Button>
    </Box>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return (
    <Typography variant="h3" component="h3" sx={{ mt: 2, "&:first-of-type": { mt: 0 } }}>
      {children}
    </Typography>
  );
}

const LIST = { listStyle: "none", m: 0, p: 0 } as const;

function Log({
  messages,
  onShow,
}: {
  messages: SentMessage[];
  onShow: (message: SentMessage) => void;
}) {
  const t = useTranslate();
  return (
    <Box component="ul" sx={LIST}>
      {messages.map((message) => {
        const waits = message.status === "queued" ? message.send_at : null;
        return (
          <Line
            key={message.id}
            name={message.name}
            recipient={message.recipient}
            state={<Status texts="notifications.status" state={message.status} />}
            onShow={() => onShow(message)}
          >
            {waits && <span>{t("admin.notices.waits_until")}</span>}
            <When date={waits ?? message.ended_at ?? message.queued_at} withTime />
            {message.channel === "sms" && <span>{t("admin.notices.by_sms")}</span>}
            {message.reason && <span>{message.reason}</span>}
          </Line>
        );
      })}
    </Box>
  );
}

interface Shown {
  title: string;
  says?: Preview;
  id?: string;
}

function Message({
  caseId,
  shown,
  onClose,
}: {
  caseId: string;
  shown: Shown;
  onClose: () => void;
}) {
  const { data } = useApi<Preview>(
    `/cases/${caseId}/notices/${shown.id}`,
    {},
    { enabled: shown.id !== undefined },
  );
  return <PreviewDialog title={shown.title} says={shown.says ?? data} onClose={onClose} />;
}

function Planned({
  planned,
  onShow,
}: {
  planned: PlannedNotice[];
  onShow: (notice: PlannedNotice) => void;
}) {
  const t = useTranslate();
  if (planned.length === 0)
    return <Typography variant="body2">{t("admin.notices.planned_none")}</Typography>;
  return (
    <Box component="ul" sx={LIST}>
      {planned.map((notice) => (
        <Line
          key={notice.recipient + notice.at}
          name={notice.name}
          recipient={notice.recipient}
          onShow={() => onShow(notice)}
        >
          <When date={notice.at} withTime />
          {notice.withheld && <span>{notice.withheld}</span>}
        </Line>
      ))}
    </Box>
  );
}

function Content({ caseId, notices }: { caseId: string; notices: CaseNotices }) {
  const t = useTranslate();
  const [shown, setShown] = useState<Shown | null>(null);
  const [deciding, setDeciding] = useState(false);
  const off = notices.without_reminders;
  return (
    <>
      <Heading>{t("admin.notices.planned")}</Heading>
      <Planned
        planned={notices.planned}
        onShow={({ name, says }) => setShown({ title: name, says })}
      />
      {off.length > 0 && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {t("admin.notices.off", { names: off.join(", ") })}
        </Typography>
      )}
      <Heading>{t("admin.notices.log")}</Heading>
      {notices.messages.length === 0 ? (
        <Empty title={t("admin.notices.log_none")} hint={t("admin.notices.log_none_hint")} />
      ) : (
        <Log messages={notices.messages} onShow={({ name, id }) => setShown({ title: name, id })} />
      )}
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, mt: 2, mb: 0.75 }}>
        <Typography variant="h3" component="h3" sx={{ flex: 1 }}>
          {t("admin.notices.rule")}
        </Typography>
        {notices.can.includes("arrange") && (
          <Button size="small" onClick={() => setDeciding(true)}>
            {t("admin.notices.change")}
          </Button>
        )}
      </Box>
      <PolicyFacts rule={notices.rule} />
      {shown && <Message caseId={caseId} shown={shown} onClose={() => setShown(null)} />}
      {deciding && (
        <RuleDialog
          title={t("admin.notices.rule")}
          path={`/cases/${caseId}/notices/rule`}
          rule={notices.rule}
          onClose={() => setDeciding(false)}
        />
      )}
    </>
  );
}

/** What was sent in the case, what comes next, and the rules for it. */
export function NoticesTab({ found }: { found: CaseDetail }) {
  const notices = useApi<CaseNotices>(`/cases/${found.id}/notices`);
  return (
    <Loaded query={notices} lines={6}>
      {(data) => <Content caseId={found.id} notices={data} />}
    </Loaded>
  );
}
