import Add from "@mui/icons-material/Add";
import Edit from "@mui/icons-material/EditOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Status } from "../app/status";
import { Empty } from "../app/ui/Empty";
import { Initials } from "../app/ui/Initials";
import { Panel } from "../app/ui/Panel";
import type { Contact } from "../case/types";
import { ContactDialog } from "./ContactDialog";
import type { PartnerView } from "./types";

function ContactRow({ contact, onEdit }: { contact: Contact; onEdit: (() => void) | undefined }) {
  const t = useTranslate();
  return (
    <Box
      component="li"
      sx={{ display: "flex", gap: 1.25, py: 1, "& + &": { borderTop: 1, borderColor: "divider" } }}
    >
      <Initials name={contact.name} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="body2" component="div">
          <Box component="span" sx={{ fontWeight: 600 }}>
            {contact.name}
          </Box>
          {contact.role_title && `, ${contact.role_title}`}
        </Typography>
        <Typography
          variant="caption"
          component="div"
          sx={{ display: "flex", gap: 1.5, flexWrap: "wrap" }}
        >
          {contact.email && <MuiLink href={`mailto:${contact.email}`}>{contact.email}</MuiLink>}
          {contact.phone && <MuiLink href={`tel:${contact.phone}`}>{contact.phone}</MuiLink>}
          {contact.status !== "active" && <Status texts="partners.status" state={contact.status} />}
        </Typography>
      </Box>
      {onEdit && (
        <IconButton
          size="small"
          sx={{ alignSelf: "flex-start" }}
          aria-label={t("admin.contact.edit_named", { name: contact.name })}
          onClick={onEdit}
        >
          <Edit fontSize="small" />
        </IconButton>
      )}
    </Box>
  );
}

/** The people who speak for a partner. */
export function ContactsPanel({ partner }: { partner: PartnerView }) {
  const t = useTranslate();
  const [edited, setEdited] = useState<Contact | "new" | null>(null);
  const mayEdit = partner.can.includes("edit");
  const add = mayEdit && (
    <Button size="small" startIcon={<Add />} onClick={() => setEdited("new")}>
      {t("admin.contact.new")}
    </Button>
  );
  return (
    <Panel title={t("admin.contact.many")} action={add}>
      {partner.contacts.length === 0 && (
        <Empty title={t("admin.contact.none")} hint={t("admin.contact.none_hint")} />
      )}
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {partner.contacts.map((contact) => (
          <ContactRow
            key={contact.id}
            contact={contact}
            onEdit={mayEdit ? () => setEdited(contact) : undefined}
          />
        ))}
      </Box>
      {edited && (
        <ContactDialog
          partnerId={partner.id}
          contact={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}
