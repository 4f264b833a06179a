import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { fullDate } from "../../../../app/dates";
import { Status } from "../../../../app/status";
import { Redline } from "../../../../app/ui/Redline";
import { When } from "../../../../app/ui/When";
import type { Departure, Touched, Verdict } from "./types";

function Answer({ verdict, earlier = false }: { verdict: Verdict; earlier?: boolean }) {
  const t = useTranslate();
  const said = t(
    `admin.workspace.departures.${earlier ? "earlier" : "answer"}.${verdict.verdict}`,
    {
      name: verdict.by,
    },
  );
  return (
    <Alert severity={verdict.verdict === "approved" ? "success" : "warning"}>
      {said} <When date={verdict.at} />
      {verdict.reason && `: ${verdict.reason}`}
    </Alert>
  );
}

/** What machines remind of after signing does not follow the words. */
function FollowedUp({ promise }: { promise: Touched }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const { kind, due_on, kept } = promise;
  const what = t(`follow_up.kind.${kind}`);
  if (!kept) {
    return (
      <Alert severity="warning">{t("admin.workspace.departures.not_followed_up", { what })}</Alert>
    );
  }
  const said = due_on
    ? t("admin.workspace.departures.followed_up_by", { what, day: fullDate(due_on, locale) })
    : t("admin.workspace.departures.followed_up", { what });
  return <Alert severity="info">{said}</Alert>;
}

interface Props {
  departure: Departure;
  /** The section as readers speak of it. */
  title: string;
  number: number | null;
  children?: ReactNode;
}

/** Where the text departs from its template: the change, why, and what legal says to it. */
export function DepartureCard({ departure, title, number, children }: Props) {
  const t = useTranslate();
  const { verdict, earlier, author, made_at, reason } = departure;
  return (
    <Box
      component="li"
      sx={{ display: "grid", gap: 1.25, gridTemplateColumns: "minmax(0, 1fr)", p: 2 }}
    >
      <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", justifyContent: "space-between" }}>
        <Typography variant="subtitle1" component="h4" sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        <Status texts="admin.workspace.departures.status" state={verdict?.verdict ?? "open"} />
      </Box>
      <Redline html={departure.change_html} section={number} />
      <Box>
        {reason && (
          <Typography variant="body2" sx={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
            <b>{t("admin.workspace.departures.why")}</b> {reason}
          </Typography>
        )}
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {author}, <When date={made_at} withTime />
        </Typography>
      </Box>
      {verdict && <Answer verdict={verdict} />}
      {!verdict && earlier && <Answer verdict={earlier} earlier />}
      {departure.promises.map((promise) => (
        <FollowedUp key={promise.kind + promise.who + promise.due_on} promise={promise} />
      ))}
      {departure.outdated && (
        <Alert severity="warning">{t("admin.workspace.departures.outdated")}</Alert>
      )}
      {!departure.stands && (
        <Alert severity="info">{t("admin.workspace.departures.left_out")}</Alert>
      )}
      {children && <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap" }}>{children}</Box>}
    </Box>
  );
}
