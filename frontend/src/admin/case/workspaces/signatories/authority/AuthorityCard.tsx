import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { apiUrl } from "../../../../app/http/api";
import { AuthorityActs } from "./AuthorityActs";
import type { Known, PartyAuthority, Way } from "./types";

interface Props {
  caseId: string;
  authority: PartyAuthority;
  required: boolean;
  /** The party's contact persons. */
  contacts: readonly { id: string; name: string }[];
  /** Have these sign for the party; absent where it is too late for that. */
  onChoose?: ((contactIds: string[]) => void) | undefined;
}

function Standing({ authority, required }: Pick<Props, "authority" | "required">) {
  const t = useTranslate();
  const { settled, confirmed, basis, unclear, failed, recorded_by } = authority;
  const who = recorded_by && t("admin.workspace.authority.recorded_by", { name: recorded_by.name });
  const text = (key: string) => t(`admin.workspace.authority.${key}`);
  return (
    <>
      {settled || confirmed ? (
        <Alert severity={settled ? "success" : "info"}>
          {basis}
          {who && ` · ${who}`}
        </Alert>
      ) : (
        <Alert severity="warning">
          {unclear ? text(`unclear.${unclear}`) : text("none")} {required && text("must")}
        </Alert>
      )}
      {failed && <Alert severity="info">{text(`unclear.${failed}`)}</Alert>}
    </>
  );
}

function OneWay({ way, onChoose }: { way: Way; onChoose: Props["onChoose"] }) {
  const t = useTranslate();
  const names = way.names.join(` ${t("admin.workspace.authority.and")} `);
  return (
    <Box component="li" sx={{ py: 0.25 }}>
      {onChoose && way.possible ? (
        <Button size="small" onClick={() => onChoose(way.contact_ids)}>
          {t("admin.workspace.authority.choose", { names })}
        </Button>
      ) : (
        <Typography variant="body2">{names}</Typography>
      )}
    </Box>
  );
}

function Ways({ authority, onChoose }: Pick<Props, "authority" | "onChoose">) {
  const t = useTranslate();
  const unknown = authority.people.filter(({ contact_id }) => contact_id === null);
  if (authority.ways.length === 0) return null;
  return (
    <Box>
      <Typography variant="body2">{t("admin.workspace.authority.enough")}</Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {authority.ways.map((way) => (
          <OneWay key={way.names.join()} way={way} onChoose={onChoose} />
        ))}
      </Box>
      {unknown.length > 0 && (
        <Typography variant="caption" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.authority.not_contacts", {
            names: unknown.map(({ name }) => name).join(", "),
          })}
        </Typography>
      )}
    </Box>
  );
}

function Details({ caseId, authority }: Pick<Props, "caseId" | "authority">) {
  const t = useTranslate();
  const text = (key: string, params = {}) => t(`admin.workspace.authority.${key}`, params);
  const { words, reason, optional, substitutes, question, has_file, party_id } = authority;
  return (
    <>
      {words && (
        <Typography variant="body2">
          {text("words")}: «{words}»
        </Typography>
      )}
      {reason && (
        <Typography variant="body2">
          {text("reason")}: {reason}
        </Typography>
      )}
      {optional && <Typography variant="body2">{text("optional")}</Typography>}
      {substitutes.map(({ valid_from, valid_to, ...rest }) => (
        <Typography key={rest.name + rest.stands_for} variant="body2">
          {text("substitute", {
            ...rest,
            from: valid_from,
            to: valid_to ? text("substitute_to", { to: valid_to }) : "",
          })}
        </Typography>
      ))}
      {question && <Alert severity="info">{text("asked", { question: question.question })}</Alert>}
      {has_file && (
        <Link href={apiUrl(`/cases/${caseId}/authority/${party_id}/file`)} variant="body2">
          {text("file")}
        </Link>
      )}
    </>
  );
}

/** Who may sign for a party, on what that rests, and what can be done about it. */
export function AuthorityCard({ caseId, authority, required, contacts, onChoose }: Props) {
  const t = useTranslate();
  if (!authority.asked_for) return null;
  const known: Known[] = [
    ...contacts.map(({ id, name }) => ({ name, contact_id: id })),
    ...authority.registered
      .filter(({ name }) => contacts.every((contact) => contact.name !== name))
      .map(({ name }) => ({ name, contact_id: null })),
  ];
  return (
    <Box
      component="section"
      aria-label={t("admin.workspace.authority.title_named", { party: authority.party_name })}
      sx={{ display: "grid", gap: 1, justifyItems: "start", py: 1 }}
    >
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t("admin.workspace.authority.title")}
      </Typography>
      <Standing authority={authority} required={required} />
      <Details caseId={caseId} authority={authority} />
      <Ways authority={authority} onChoose={onChoose} />
      {authority.missing.length > 0 && (
        <Alert severity="warning">
          {t("admin.workspace.authority.missing_title")} {authority.missing.join(" ")}
        </Alert>
      )}
      <AuthorityActs caseId={caseId} authority={authority} known={known} />
    </Box>
  );
}
