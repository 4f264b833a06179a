import Construction from "@mui/icons-material/ConstructionOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import Divider from "@mui/material/Divider";
import ListItemButton from "@mui/material/ListItemButton";
import Typography from "@mui/material/Typography";
import { QueryClient } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";
import { useLogin, useTranslate } from "react-admin";
import { ROLES } from "../people/roles";
import type { LoginOptions, PersonView } from "./authProvider";
import { useApi } from "./http/useApi";
import { useProblemNotice } from "./http/useProblemNotice";
import { Mark } from "./shell/Brand";
import { LanguageMenu } from "./shell/LanguageMenu";
import { Initials } from "./ui/Initials";
import { Loaded } from "./ui/Loaded";

/** Logging out empties the admin's cache, also while this page waits for its answer. */
const beforeLogin = new QueryClient();

/** People by their first role, in the order the work goes. */
export function byRole(people: readonly PersonView[]): [string, PersonView[]][] {
  const groups = new Map<string, PersonView[]>();
  for (const person of people) {
    const role = person.grants[0]?.role ?? "";
    groups.set(role, [...(groups.get(role) ?? []), person]);
  }
  const rank = (role: string) => (ROLES.indexOf(role) + ROLES.length + 1) % (ROLES.length + 1);
  return [...groups].sort(([one], [other]) => rank(one) - rank(other));
}

function PersonButton({
  person,
  busy,
  onClick,
}: {
  person: PersonView;
  busy: boolean;
  onClick: () => void;
}) {
  return (
    <ListItemButton onClick={onClick} disabled={busy} sx={{ gap: 1.5, borderRadius: 1, py: 0.75 }}>
      <Initials name={person.name} />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {person.name}
        </Typography>
        <Typography variant="caption" sx={{ color: "text.secondary" }} component="p">
          {[person.title, person.unit].filter(Boolean).join(", ")}
        </Typography>
      </Box>
    </ListItemButton>
  );
}

function RoleGroup({ role, children }: { role: string; children: React.ReactNode }) {
  const t = useTranslate();
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id} sx={{ breakInside: "avoid", mb: 1.5 }}>
      <Typography
        id={id}
        variant="caption"
        component="h3"
        sx={{ px: 2, color: "text.secondary", fontWeight: 650 }}
      >
        {t(`identity.role.${role}`, { _: t("admin.login.no_role") })}
      </Typography>
      {children}
    </Box>
  );
}

function DevelopmentLogin({ people }: { people: readonly PersonView[] }) {
  const t = useTranslate();
  const login = useLogin();
  const tell = useProblemNotice();
  const [busy, setBusy] = useState(false);
  const enter = (person: PersonView) => {
    setBusy(true);
    login({ person_id: person.id })
      .catch(tell)
      .finally(() => setBusy(false));
  };
  return (
    <Box>
      <Box
        sx={(theme) => ({
          display: "flex",
          gap: 1.25,
          p: 1.5,
          mb: 2,
          borderRadius: 1,
          color: theme.palette.tones.warning.text,
          backgroundColor: theme.palette.tones.warning.background,
          border: `1px solid ${theme.palette.tones.warning.border}`,
        })}
      >
        <Construction aria-hidden fontSize="small" />
        <Box>
          <Typography component="h2" variant="h3">
            {t("admin.login.development")}
          </Typography>
          <Typography variant="body2">{t("admin.login.development_hint")}</Typography>
        </Box>
      </Box>
      <Box sx={{ columnCount: { sm: 2 }, columnGap: 2 }}>
        {byRole(people).map(([role, members]) => (
          <RoleGroup key={role} role={role}>
            {members.map((person) => (
              <PersonButton
                key={person.id}
                person={person}
                busy={busy}
                onClick={() => enter(person)}
              />
            ))}
          </RoleGroup>
        ))}
      </Box>
    </Box>
  );
}

function Ways({ options }: { options: LoginOptions }) {
  const t = useTranslate();
  return (
    <>
      {options.oidc && (
        <Button variant="contained" size="large" fullWidth href="/auth/oidc/login">
          {t("admin.login.oidc")}
        </Button>
      )}
      {options.oidc && options.development && <Divider sx={{ my: 2 }} />}
      {options.development && <DevelopmentLogin people={options.people} />}
      {!options.oidc && !options.development && <Typography>{t("admin.login.nothing")}</Typography>}
    </>
  );
}

/** Log in: with the municipality's own log-in, or as one of the demo people in development. */
export function LoginPage() {
  const t = useTranslate();
  const options = useApi<LoginOptions>("/login-options", {}, { client: beforeLogin });
  useEffect(() => {
    document.title = `${t("ra.auth.sign_in")} · Fellesgrep`;
  }, [t]);
  return (
    <Box
      component="main"
      sx={{
        minHeight: "100dvh",
        bgcolor: "background.default",
        display: "grid",
        placeItems: "center",
        p: { xs: 1.5, sm: 3 },
      }}
    >
      <Box sx={{ width: "100%", maxWidth: 720 }}>
        <Box sx={{ display: "flex", alignItems: "center", gap: 1.5, mb: 2 }}>
          <Mark size={36} />
          <Box sx={{ flex: 1 }}>
            <Typography variant="h1">Fellesgrep</Typography>
            <Typography variant="body2" sx={{ color: "text.secondary" }}>
              {t("admin.login.what")}
            </Typography>
          </Box>
          <LanguageMenu />
        </Box>
        <Card sx={{ p: { xs: 2, sm: 3 } }}>
          <Loaded query={options} lines={8} height={32}>
            {(found) => <Ways options={found} />}
          </Loaded>
        </Card>
      </Box>
    </Box>
  );
}
