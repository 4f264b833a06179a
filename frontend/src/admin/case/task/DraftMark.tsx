import CloudDone from "@mui/icons-material/CloudDoneOutlined";
import Box from "@mui/material/Box";
import { useLocaleState, useTranslate } from "react-admin";
import { clockTime, daysUntil, sayDate } from "../../app/dates";

/** Says quietly when the server last kept what is typed. */
export function DraftMark({ savedAt }: { savedAt: string | null }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const time = savedAt ? clockTime(savedAt, locale) : "";
  const today = savedAt !== null && daysUntil(savedAt) === 0;
  return (
    <Box
      role="status"
      sx={{ display: "flex", gap: 0.75, alignItems: "center", color: "text.secondary" }}
    >
      {savedAt && (
        <>
          <CloudDone aria-hidden sx={{ fontSize: 16 }} />
          <Box component="span" sx={{ fontSize: "0.85rem" }}>
            {today
              ? t("admin.task.draft_saved", { time })
              : t("admin.task.draft_saved_on", { day: sayDate(savedAt, t, locale), time })}
          </Box>
        </>
      )}
    </Box>
  );
}
