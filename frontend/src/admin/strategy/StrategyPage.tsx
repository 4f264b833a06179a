import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useLocaleState, useTranslate } from "react-admin";
import { useNavigate, useParams } from "react-router-dom";
import { fullDate } from "../app/dates";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { useMay } from "../app/useMay";
import { AdoptDialog } from "./AdoptDialog";
import { CoveragePanel } from "./CoveragePanel";
import { ItemDialog } from "./ItemDialog";
import { ItemTable } from "./ItemTable";
import type { InvolvementItem, StrategyView } from "./types";

function AreaChoice({ areas, chosen }: { areas: readonly Named[]; chosen: string }) {
  const t = useTranslate();
  const navigate = useNavigate();
  return (
    <TextField
      select
      label={t("admin.filter.area")}
      value={chosen}
      onChange={(event) => void navigate(`/strategy/${event.target.value}`)}
      sx={{ minWidth: 180 }}
    >
      {areas.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

function Adopted({ strategy }: { strategy: StrategyView }) {
  const t = useTranslate();
  const [locale] = useLocaleState();
  const [edited, setEdited] = useState<InvolvementItem | "new" | null>(null);
  const mayEdit = strategy.can.length > 0;
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Box>
        <Typography variant="h2">{strategy.title}</Typography>
        <Typography variant="caption" component="p" sx={{ color: "text.secondary" }}>
          {t("admin.strategy.adopted", { date: fullDate(strategy.adopted_on, locale) })}
        </Typography>
        <Typography sx={{ mt: 0.5, maxWidth: "80ch", whiteSpace: "pre-line" }}>
          {strategy.summary}
        </Typography>
      </Box>
      <CoveragePanel strategy={strategy} />
      <ItemTable
        items={strategy.items}
        onEdit={mayEdit ? setEdited : undefined}
        action={
          mayEdit && (
            <Button size="small" startIcon={<Add />} onClick={() => setEdited("new")}>
              {t("admin.strategy.add_item")}
            </Button>
          )
        }
      />
      {edited && (
        <ItemDialog
          areaId={strategy.area_id}
          item={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Box>
  );
}

function NotAdopted({ areaId }: { areaId: string }) {
  const t = useTranslate();
  const may = useMay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Empty
        title={t("admin.strategy.none")}
        hint={t("admin.strategy.none_hint")}
        action={
          may("strategy:edit") && (
            <Button variant="contained" onClick={() => setOpen(true)}>
              {t("admin.strategy.adopt")}
            </Button>
          )
        }
      />
      {open && <AdoptDialog areaId={areaId} onClose={() => setOpen(false)} />}
    </>
  );
}

function StrategyOf({ areaId }: { areaId: string }) {
  const strategy = useApi<StrategyView>(`/areas/${areaId}/strategy`, {}, { missingIsEmpty: true });
  return (
    <Loaded query={strategy} lines={8} height={36} empty={<NotAdopted areaId={areaId} />}>
      {(found) => <Adopted strategy={found} />}
    </Loaded>
  );
}

/** The strategy for participation and cooperation of an area, and how far it has come. */
export default function StrategyPage() {
  const t = useTranslate();
  const { areaId } = useParams();
  const areas = useApi<ApiPage<Named>>("/areas", { per_page: 100 });
  const chosen = areaId ?? areas.data?.items[0]?.id ?? "";
  return (
    <Page
      title={t("admin.strategy.title")}
      lead={t("admin.strategy.lead")}
      actions={areas.data && <AreaChoice areas={areas.data.items} chosen={chosen} />}
    >
      {chosen ? (
        <StrategyOf key={chosen} areaId={chosen} />
      ) : (
        <Loaded query={areas}>{() => <Empty title={t("admin.area.none")} />}</Loaded>
      )}
    </Page>
  );
}
