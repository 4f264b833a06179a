import OpenInNew from "@mui/icons-material/OpenInNew";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import { Loaded } from "../app/ui/Loaded";
import type { OutboxMail } from "./types";

/** One mail as its recipient sees it, and the addresses in it as buttons. */
export function MailView({ name }: { name: string }) {
  const t = useTranslate();
  const query = useApi<OutboxMail>(`/outbox/${encodeURIComponent(name)}`);
  return (
    <Card component="article" sx={{ p: 2 }}>
      <Loaded query={query} lines={6}>
        {(mail) => (
          <>
            <Typography variant="h2">{mail.subject}</Typography>
            <Typography variant="body2" sx={{ color: "text.secondary", mb: 1.5 }}>
              {t("admin.outbox.to", { to: mail.to })}
            </Typography>
            <Box sx={{ display: "grid", gap: 1, mb: 2, justifyItems: "start" }}>
              {mail.links.map((link) => (
                <Button
                  key={link}
                  href={link}
                  target="_blank"
                  rel="noopener"
                  variant="outlined"
                  endIcon={<OpenInNew />}
                  sx={{ maxWidth: "100%", overflowWrap: "anywhere", textAlign: "left" }}
                >
                  {link}
                </Button>
              ))}
            </Box>
            <Box
              component="iframe"
              title={mail.subject}
              srcDoc={mail.html}
              sandbox=""
              sx={{
                width: "100%",
                height: 480,
                border: 1,
                borderColor: "divider",
                borderRadius: 1,
                bgcolor: "#fff",
              }}
            />
          </>
        )}
      </Loaded>
    </Card>
  );
}
