import Add from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import FormControlLabel from "@mui/material/FormControlLabel";
import MuiLink from "@mui/material/Link";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import type { Grant, PersonView } from "../app/authProvider";
import type { Page as ApiPage } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import { Empty } from "../app/ui/Empty";
import { Initials } from "../app/ui/Initials";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { useDelayed } from "../app/useDelayed";
import { useMay } from "../app/useMay";
import { ROLES } from "./roles";

const TYPING_MS = 250;

function useGrantText(): (grant: Grant) => string {
  const t = useTranslate();
  const areas = useApi<ApiPage<Named>>("/areas", { per_page: 100 }).data?.items ?? [];
  return ({ role, area_id }) => {
    const area = areas.find(({ id }) => id === area_id)?.name;
    const name = t(`identity.role.${role}`, { _: role });
    return area ? `${name} (${area})` : name;
  };
}

function PeopleTable({ people }: { people: readonly PersonView[] }) {
  const t = useTranslate();
  const say = useGrantText();
  const may = useMay();
  if (people.length === 0)
    return <Empty title={t("admin.people.none")} hint={t("admin.filter.widen")} />;
  return (
    <TableContainer>
      <Table size="small" aria-label={t("admin.menu.people")}>
        <TableHead>
          <TableRow>
            <TableCell>{t("admin.people.name")}</TableCell>
            <TableCell>{t("admin.people.roles")}</TableCell>
            <TableCell sx={{ display: { xs: "none", sm: "table-cell" } }}>
              {t("admin.people.email")}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <TableRow key={person.id}>
              <TableCell>
                <Box sx={{ display: "flex", gap: 1.25, alignItems: "center" }}>
                  <Initials name={person.name} size={30} />
                  <Box>
                    <Typography variant="body2" sx={{ fontWeight: 600 }}>
                      {may("person:edit") ? (
                        <MuiLink component={Link} to={`/people/${person.id}`}>
                          {person.name}
                        </MuiLink>
                      ) : (
                        person.name
                      )}
                    </Typography>
                    <Typography variant="caption" sx={{ color: "text.secondary" }}>
                      {[person.title, person.unit].filter(Boolean).join(", ")}
                    </Typography>
                  </Box>
                </Box>
              </TableCell>
              <TableCell>{person.grants.map(say).join(", ")}</TableCell>
              <TableCell sx={{ display: { xs: "none", sm: "table-cell" } }}>
                {person.email}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** Who works here, in which roles and where. */
export default function PeopleList() {
  const t = useTranslate();
  const [q, setQ] = useState("");
  const [role, setRole] = useState("");
  const [left, setLeft] = useState(false);
  const may = useMay();
  const people = useApi<ApiPage<PersonView>>(
    "/people",
    { q: useDelayed(q, TYPING_MS), role, active: !left, per_page: 200, sort: "name" },
    { keepPrevious: true },
  );
  return (
    <Page
      title={t("admin.menu.people")}
      lead={t("admin.people.lead")}
      actions={
        may("person:edit") && (
          <Button component={Link} to="/people/create" variant="contained" startIcon={<Add />}>
            {t("admin.people.new")}
          </Button>
        )
      }
    >
      <Box component="search" sx={{ display: "flex", gap: 1.5, flexWrap: "wrap", mb: 2 }}>
        <TextField
          type="search"
          label={t("admin.filter.text")}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <TextField
          select
          label={t("admin.people.role")}
          value={role}
          onChange={(event) => setRole(event.target.value)}
          slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          sx={{ minWidth: 180 }}
        >
          <MenuItem value="">{t("admin.people.all_roles")}</MenuItem>
          {ROLES.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`identity.role.${each}`)}
            </MenuItem>
          ))}
        </TextField>
        <FormControlLabel
          control={<Switch checked={left} onChange={(_, on) => setLeft(on)} />}
          label={t("admin.people.left")}
        />
      </Box>
      <Card>
        <Loaded query={people} lines={8} height={32}>
          {({ items }) => <PeopleTable people={items} />}
        </Loaded>
      </Card>
    </Page>
  );
}
