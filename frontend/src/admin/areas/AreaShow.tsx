import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link, useParams } from "react-router-dom";
import { useApi } from "../app/http/useApi";
import { Status } from "../app/status";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Money } from "../app/ui/Money";
import { Page } from "../app/ui/Page";
import { Panel } from "../app/ui/Panel";
import { useMay } from "../app/useMay";
import { MeasureDialog } from "./MeasureDialog";
import { PhaseBar } from "./PhaseBar";
import type { AreaView, Measure } from "./types";

function MeasureTable({ measures }: { measures: readonly Measure[] }) {
  const t = useTranslate();
  if (measures.length === 0) {
    return <Empty title={t("admin.area.no_measures")} hint={t("admin.area.no_measures_hint")} />;
  }
  return (
    <TableContainer>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{t("admin.case.measure")}</TableCell>
            <TableCell>{t("admin.area.indicator")}</TableCell>
            <TableCell>{t("admin.area.status")}</TableCell>
            <TableCell align="right">{t("admin.area.budget")}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {measures.map((measure) => (
            <TableRow key={measure.id}>
              <TableCell>
                <Typography variant="body2" sx={{ fontWeight: 600 }}>
                  {measure.number}. {measure.title}
                </Typography>
                <Typography variant="caption" sx={{ color: "text.secondary" }}>
                  {measure.goal}
                </Typography>
              </TableCell>
              <TableCell>{measure.indicator}</TableCell>
              <TableCell>
                <Status texts="areas.measure_status" state={measure.status} />
              </TableCell>
              <TableCell align="right">
                <Money ore={measure.budget_ore} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Side({ area }: { area: AreaView }) {
  const t = useTranslate();
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <Panel title={t("admin.area.contact_point")}>
        {area.contact_point_name ? (
          <Typography variant="body2" component="div">
            <Box sx={{ fontWeight: 600 }}>{area.contact_point_name}</Box>
            <Box>{area.contact_point_address}</Box>
            <Box>{area.contact_point_hours}</Box>
          </Typography>
        ) : (
          <Typography variant="body2">{t("admin.area.no_contact_point")}</Typography>
        )}
      </Panel>
      <Panel title={t("admin.area.groups")}>
        <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
          {area.population_groups.map(({ id, name }) => (
            <Typography component="li" variant="body2" key={id}>
              {name}
            </Typography>
          ))}
        </Box>
      </Panel>
    </Box>
  );
}

function AreaContent({ area }: { area: AreaView }) {
  const t = useTranslate();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={area.name}
      over={t("admin.area.one")}
      lead={area.summary}
      actions={
        <>
          <Button component={Link} to={`/board?area_id=${area.id}`} variant="outlined">
            {t("admin.area.cases_here")}
          </Button>
          <Button component={Link} to={`/strategy/${area.id}`} variant="outlined">
            {t("admin.menu.strategy")}
          </Button>
          {may("area:edit") && (
            <Button component={Link} to={`/areas/${area.id}`} variant="outlined">
              {t("ra.action.edit")}
            </Button>
          )}
        </>
      }
    >
      <PhaseBar phase={area.phase} />
      <Box
        sx={{
          display: "grid",
          gap: 2,
          alignItems: "start",
          gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 2.4fr) minmax(260px, 1fr)" },
        }}
      >
        <Panel
          title={t("admin.area.measures")}
          flush
          action={
            may("area:edit") && (
              <Button size="small" startIcon={<Add />} onClick={() => setAdding(true)}>
                {t("admin.area.add_measure")}
              </Button>
            )
          }
        >
          <MeasureTable measures={area.measures} />
        </Panel>
        <Side area={area} />
      </Box>
      {adding && <MeasureDialog areaId={area.id} onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** An area: its phase, its action plan, its contact point, who lives there. */
export default function AreaShow() {
  const { id = "" } = useParams();
  const query = useApi<AreaView>(`/areas/${id}`);
  return (
    <Loaded query={query} lines={8} height={36}>
      {(area) => <AreaContent area={area} />}
    </Loaded>
  );
}
