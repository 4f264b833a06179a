import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { Empty } from "../app/ui/Empty";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import type { News, Start } from "./types";

const MOST = 12;

function OneNews({ news }: { news: News }) {
  return (
    <Box component="li">
      <Typography variant="body2">{news.sentence}</Typography>
      <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
        <MuiLink
          component={Link}
          to={`/cases/${news.case.id}/show`}
          sx={{ color: "inherit", textDecorationLine: "underline" }}
        >
          {news.case.title}
        </MuiLink>{" "}
        · <When date={news.at} withTime />
      </Typography>
    </Box>
  );
}

/** What others did since I was last here, as sentences. */
export function SinceLastVisit({ news }: { news: Start["since_last_visit"] }) {
  const t = useTranslate();
  return (
    <Panel title={t("admin.start.others")}>
      {news.items.length === 0 && <Empty title={t("admin.start.no_others")} />}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1.25 }}>
        {news.items.slice(0, MOST).map((each) => (
          <OneNews key={`${each.at}${each.sentence}${each.case.id}`} news={each} />
        ))}
      </Box>
    </Panel>
  );
}
