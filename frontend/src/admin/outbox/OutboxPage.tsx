import Construction from "@mui/icons-material/ConstructionOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Card from "@mui/material/Card";
import ListItemButton from "@mui/material/ListItemButton";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useSearchParams } from "react-router-dom";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { When } from "../app/ui/When";
import { MailView } from "./MailView";
import type { OutboxItem } from "./types";

const LOOK_AGAIN_MS = 4000;

function MailRow({
  mail,
  chosen,
  onChoose,
}: {
  mail: OutboxItem;
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <li>
      <ListItemButton
        selected={chosen}
        aria-current={chosen}
        onClick={onChoose}
        sx={{ display: "block", borderBottom: 1, borderColor: "divider" }}
      >
        <Box sx={{ display: "flex", justifyContent: "space-between", gap: 1 }}>
          <Typography variant="body2" sx={{ fontWeight: 600 }} noWrap>
            {mail.to}
          </Typography>
          <Typography
            variant="caption"
            component="div"
            sx={{ color: "text.secondary", flexShrink: 0 }}
          >
            <When date={mail.at} withTime />
          </Typography>
        </Box>
        <Typography variant="body2" sx={{ color: "text.secondary" }} noWrap>
          {mail.subject}
        </Typography>
      </ListItemButton>
    </li>
  );
}

/** Mails that would have been sent; there is no such page outside development. */
export default function OutboxPage() {
  const t = useTranslate();
  const [params, setParams] = useSearchParams();
  const mails = useApi<ApiPage<OutboxItem>>(
    "/outbox",
    { per_page: 100 },
    { again: () => LOOK_AGAIN_MS },
  );
  return (
    <Page title={t("admin.menu.outbox")}>
      <Alert severity="warning" icon={<Construction fontSize="inherit" />} sx={{ mb: 2 }}>
        {t("admin.outbox.hint")}
      </Alert>
      <Loaded query={mails} lines={8} height={40}>
        {({ items }) => {
          const chosen = params.get("mail") ?? items[0]?.name;
          if (items.length === 0)
            return <Empty title={t("admin.outbox.none")} hint={t("admin.outbox.none_hint")} />;
          return (
            <Box
              sx={{
                display: "grid",
                gap: 2,
                alignItems: "start",
                gridTemplateColumns: {
                  xs: "minmax(0, 1fr)",
                  md: "minmax(260px, 1fr) minmax(0, 2fr)",
                },
              }}
            >
              <Card sx={{ maxHeight: { xs: 260, md: "78vh" }, overflowY: "auto" }}>
                <Box
                  component="ul"
                  aria-label={t("admin.menu.outbox")}
                  sx={{ listStyle: "none", m: 0, p: 0 }}
                >
                  {items.map((mail) => (
                    <MailRow
                      key={mail.name}
                      mail={mail}
                      chosen={mail.name === chosen}
                      onChoose={() => setParams({ mail: mail.name }, { replace: true })}
                    />
                  ))}
                </Box>
              </Card>
              {chosen && <MailView key={chosen} name={chosen} />}
            </Box>
          );
        }}
      </Loaded>
    </Page>
  );
}
