import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { Status } from "../../../../app/status";
import { When } from "../../../../app/ui/When";
import type { PartyStanding } from "./types";

function By({ party }: { party: PartyStanding }) {
  const t = useTranslate();
  if (!party.answered_at) return null;
  const key = party.role_title ? "by" : "by_name";
  return (
    <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
      {t(`admin.workspace.readings.${key}`, {
        name: party.by,
        role: party.role_title,
        number: party.number,
      })}
      {", "}
      <When date={party.answered_at} withTime />
    </Typography>
  );
}

/** Party by party: whether it confirmed the proposal as it reads now, another one, or cannot. */
export function Standings({ parties }: { parties: PartyStanding[] }) {
  const t = useTranslate();
  return (
    <Box
      component="ul"
      aria-label={t("admin.workspace.readings.standings")}
      sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1 }}
    >
      {parties.map((party) => (
        <Box component="li" key={party.party_id}>
          <Box sx={{ display: "flex", flexWrap: "wrap", columnGap: 1, alignItems: "center" }}>
            <Typography variant="body2" component="span" sx={{ fontWeight: 600 }}>
              {party.name}
            </Typography>
            <Status texts="admin.workspace.readings.standing" state={party.standing} />
          </Box>
          <By party={party} />
          {party.reason && (
            <Typography variant="body2" sx={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
              {party.reason}
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}
