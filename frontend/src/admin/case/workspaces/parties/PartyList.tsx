import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { api } from "../../../app/http/api";
import { useAct } from "../../../app/http/useAct";
import type { CaseDetail, Party } from "../../types";

function contactText(party: Party): string {
  const { contact } = party;
  return contact
    ? [contact.name, contact.role_title, contact.email].filter(Boolean).join(", ")
    : "";
}

/** The parties as they stand, each with who speaks for it. */
export function PartyList({ found }: { found: CaseDetail }) {
  const t = useTranslate();
  const remove = useAct((party: Party) =>
    api.post(`/cases/${found.id}/parties/${party.id}/remove`, undefined, {
      version: found.version,
    }),
  );
  const mayRemove = found.can.includes("remove_party");
  return (
    <Box
      component="ul"
      sx={{ listStyle: "none", m: 0, p: 0, border: 1, borderColor: "divider", borderRadius: 1 }}
    >
      {found.parties.map((party) => (
        <Box
          component="li"
          key={party.id}
          sx={{
            display: "flex",
            gap: 1.5,
            alignItems: "center",
            px: 1.5,
            py: 1,
            "& + &": { borderTop: 1, borderColor: "divider" },
          }}
        >
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography sx={{ fontWeight: 600 }}>
              {party.partner.name}{" "}
              {party.lead && <Chip size="small" label={t("admin.parties.lead")} component="span" />}
            </Typography>
            <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
              {t(`partners.kind.${party.partner.kind}`)} ·{" "}
              {contactText(party) || t("admin.parties.no_contact")}
            </Typography>
          </Box>
          {mayRemove && !party.lead && (
            <Button
              size="small"
              color="secondary"
              disabled={remove.isPending}
              aria-label={t("admin.workspace.remove_party_named", { name: party.partner.name })}
              onClick={() => remove.mutate(party)}
            >
              {t("admin.workspace.remove_party")}
            </Button>
          )}
        </Box>
      ))}
    </Box>
  );
}
