import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useGetIdentity, useNotify, useTranslate } from "react-admin";
import type { Identity } from "../app/authProvider";
import { type Page as ApiPage, api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { When } from "../app/ui/When";
import { RegisterDialog } from "./RegisterDialog";
import type { Absence } from "./types";

function Row({ absence }: { absence: Absence }) {
  const t = useTranslate();
  const notify = useNotify();
  const { id, person, substitute, from_on, until_on, now, reason, can } = absence;
  const end = useAct(() => api.post(`/people/${person.id}/absences/${id}/end`), {
    onDone: () => notify("admin.absence.ended", { type: "success" }),
  });
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        flexWrap: "wrap",
        gap: 1.5,
        alignItems: "center",
        px: 2,
        py: 1.25,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: "1 1 260px", minWidth: 0 }}>
        <Typography component="div" sx={{ fontWeight: 600 }}>
          {person.name} {now && <Chip size="small" label={t("admin.absence.now")} />}
        </Typography>
        <Typography variant="body2" component="div" sx={{ color: "text.secondary" }}>
          <When date={from_on} /> – <When date={until_on} />
          {" · "}
          {t("admin.absence.substitute")}: {substitute.name}
          {reason && ` · ${reason}`}
        </Typography>
      </Box>
      {can.includes("end") && (
        <Button
          size="small"
          variant="outlined"
          disabled={end.isPending}
          onClick={() => end.mutate(undefined)}
          aria-label={t("admin.absence.end_named", { name: person.name })}
        >
          {t("admin.absence.end")}
        </Button>
      )}
    </Box>
  );
}

/** Who is away now or will be, and who stands in. */
export default function AbsencesPage() {
  const t = useTranslate();
  const me = useGetIdentity().identity as Identity | undefined;
  const [registering, setRegistering] = useState(false);
  const absences = useApi<ApiPage<Absence>>("/absences", { per_page: 200 });
  return (
    <Page
      title={t("admin.absence.title")}
      lead={t("admin.absence.lead")}
      actions={
        <Button variant="contained" onClick={() => setRegistering(true)}>
          {t("admin.absence.register")}
        </Button>
      }
      narrow
    >
      <Loaded query={absences} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("admin.absence.none")} hint={t("admin.absence.none_hint")} />
          ) : (
            <Panel flush>
              <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
                {items.map((absence) => (
                  <Row key={absence.id} absence={absence} />
                ))}
              </Box>
            </Panel>
          )
        }
      </Loaded>
      {registering && me && <RegisterDialog me={me} onClose={() => setRegistering(false)} />}
    </Page>
  );
}
