import Typography from "@mui/material/Typography";
import { useLocaleState, useTranslate } from "react-admin";
import { Checks } from "./Checks";
import { Comments, type Place } from "./Comments";
import { Preview } from "./Preview";
import { Questions } from "./Questions";
import { Settings } from "./Settings";
import { Sides } from "./Sides";
import type { Draft } from "./useDraft";

const SIDES = ["preview", "checks", "comments", "questions", "settings"] as const;
export type Side = (typeof SIDES)[number];

interface Props {
  draft: Draft;
  language: string;
  side: Side;
  onSide: (side: Side) => void;
  editable: boolean;
  begun: Place | null;
  onBegin: (place: Place | null) => void;
  onShow: (place: { language: string | null; section: number | null }) => void;
}

/** What stands beside the text: what it becomes, what is wrong with it, what is said of it. */
export function Beside(props: Props) {
  const { draft, language, side, onSide, editable, begun, onBegin, onShow } = props;
  const { path, kept, content, change } = draft;
  const t = useTranslate();
  const [locale] = useLocaleState();
  const open = kept.comments.filter((each) => !each.resolved && !each.answers_id).length;
  const counts: Partial<Record<Side, number>> = { checks: kept.findings.length, comments: open };
  const panels: Record<Side, () => React.ReactNode> = {
    preview: () => <Preview path={path} language={language} version={kept.version} />,
    checks: () => <Checks findings={kept.findings} onShow={onShow} />,
    comments: () => (
      <Comments
        path={path}
        comments={kept.comments}
        may={kept.can.includes("comment")}
        begun={begun}
        onBegin={onBegin}
        onShow={onShow}
        onChanged={({ comments }) => draft.setKept({ ...kept, comments })}
      />
    ),
    questions: () => (
      <Questions content={content} language={locale} editable={editable} onChange={change} />
    ),
    settings: () => (
      <>
        {kept.authors.length > 0 && (
          <Typography variant="body2" sx={{ mb: 2 }}>
            {t("admin.editor.authors", { names: kept.authors.map(({ name }) => name).join(", ") })}
          </Typography>
        )}
        <Settings content={content} editable={editable} onChange={change} />
      </>
    ),
  };
  const sides = SIDES.map((id) => ({
    id,
    name: `${t(`admin.editor.side.${id}`)}${counts[id] ? ` (${counts[id]})` : ""}`,
    panel: panels[id],
  }));
  return <Sides sides={sides} side={side} onSide={onSide} />;
}
