import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { useApi } from "../app/http/useApi";
import type { CaseDetail, Contact } from "../case/types";
import { ContactDialog } from "../partners/ContactDialog";
import type { CaseNotices } from "./types";

/** Says whose address does not work, and lets it be corrected here. */
export function Undelivered({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const [edited, setEdited] = useState<Contact | null>(null);
  const { data } = useApi<CaseNotices>(`/cases/${found.id}/notices`);
  const contacts = found.parties.flatMap((party) => party.contacts);
  return (
    <>
      {data?.undelivered.map(({ recipient_id, name, code }) => {
        const contact = contacts.find(({ id }) => id === recipient_id);
        return (
          <Alert
            key={recipient_id}
            severity="warning"
            sx={{ mb: 2, flexWrap: { xs: "wrap", sm: "nowrap" } }}
            action={
              contact &&
              data.can.includes("arrange") && (
                <Button
                  variant="outlined"
                  color="inherit"
                  size="small"
                  onClick={() => setEdited(contact)}
                >
                  {t("admin.notices.correct")}
                </Button>
              )
            }
          >
            <AlertTitle>{t("admin.notices.undelivered", { name })}</AlertTitle>
            {contact?.email ? `${contact.email} (${code}). ` : ""}
            {t("admin.notices.undelivered_hint")}
          </Alert>
        );
      })}
      {edited && (
        <ContactDialog
          partnerId={edited.partner_id}
          contact={edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
