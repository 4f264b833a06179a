import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import type { Page as ApiPage } from "../../../app/http/api";
import { useApi } from "../../../app/http/useApi";
import { Status } from "../../../app/status";
import { Empty } from "../../../app/ui/Empty";
import { Loaded } from "../../../app/ui/Loaded";
import { Money } from "../../../app/ui/Money";
import { Due, When } from "../../../app/ui/When";
import type { WorkspaceProps } from "..";
import { Closing } from "../shared/Closing";
import { Intro } from "../shared/Intro";
import { FulfilDialog } from "./FulfilDialog";
import type { Obligation } from "./types";

function OneObligation({ promised, onFulfil }: { promised: Obligation; onFulfil: () => void }) {
  const t = useTranslate();
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        gap: 1.5,
        alignItems: "center",
        flexWrap: "wrap",
        px: 1.5,
        py: 1.25,
        "& + &": { borderTop: 1, borderColor: "divider" },
      }}
    >
      <Box sx={{ flex: "1 1 240px", minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {promised.description}
        </Typography>
        <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
          {promised.party_name} · {t(`follow_up.kind.${promised.kind}`)}
          {promised.amount_ore > 0 && (
            <>
              {" · "}
              <Money ore={promised.amount_ore} />
            </>
          )}
        </Typography>
        {promised.note && <Typography variant="body2">{promised.note}</Typography>}
      </Box>
      {promised.fulfilled_on ? (
        <Typography variant="body2" component="div">
          <Status texts="follow_up.status" state={promised.status} />{" "}
          <When date={promised.fulfilled_on} />
        </Typography>
      ) : (
        <>
          <Typography variant="body2" component="div">
            <Due date={promised.due_on} />
          </Typography>
          <Button
            size="small"
            variant="outlined"
            aria-label={t("admin.workspace.obligation.fulfil_named", {
              name: promised.description,
            })}
            onClick={onFulfil}
          >
            {t("admin.workspace.obligation.fulfil")}
          </Button>
        </>
      )}
    </Box>
  );
}

/** What was promised and what is done; then conclude the cooperation. */
export default function ObligationsWorkspace(props: WorkspaceProps) {
  const t = useTranslate();
  const [chosen, setChosen] = useState<Obligation | null>(null);
  const query = useApi<ApiPage<Obligation>>(`/cases/${props.caseId}/obligations`, {
    per_page: 200,
  });
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Intro task={props.task} />
      <Loaded query={query} lines={5} height={36}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("admin.workspace.obligation.none")} />
          ) : (
            <Box
              component="ul"
              aria-label={t("admin.workspace.obligation.title")}
              sx={{
                listStyle: "none",
                m: 0,
                p: 0,
                border: 1,
                borderColor: "divider",
                borderRadius: 1,
              }}
            >
              {items.map((promised) => (
                <OneObligation
                  key={promised.id}
                  promised={promised}
                  onFulfil={() => setChosen(promised)}
                />
              ))}
            </Box>
          )
        }
      </Loaded>
      <Closing {...props} />
      {chosen && (
        <FulfilDialog caseId={props.caseId} promised={chosen} onClose={() => setChosen(null)} />
      )}
    </Box>
  );
}
