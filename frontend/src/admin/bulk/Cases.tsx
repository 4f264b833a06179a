import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import type { Page } from "../app/http/api";
import { Empty } from "../app/ui/Empty";
import type { Candidate } from "./types";

/** Which cases: all that fit (null), or these. */
export type Chosen = readonly string[] | null;

interface Props {
  found: Page<Candidate>;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

/** The cases that a template can be used for: all of them, or some. */
export function Cases({ found, chosen, onChange }: Props) {
  const t = useTranslate();
  if (found.total === 0) {
    return <Empty title={t("admin.bulk.none")} hint={t("admin.bulk.none_hint")} />;
  }
  const every = found.items.map(({ id }) => id);
  const toggle = (id: string, on: boolean) => {
    const present = chosen ?? every;
    onChange(on ? [...present, id] : present.filter((each) => each !== id));
  };
  return (
    <>
      <FormControlLabel
        control={
          <Checkbox
            checked={chosen === null}
            indeterminate={chosen !== null && chosen.length > 0}
            onChange={(_, all) => onChange(all ? null : [])}
          />
        }
        label={t("admin.bulk.all", { smart_count: found.total })}
        sx={{ fontWeight: 600 }}
      />
      <Box
        component="ul"
        tabIndex={0}
        aria-label={t("admin.bulk.cases")}
        sx={{
          listStyle: "none",
          m: 0,
          p: 0,
          pl: 1,
          maxHeight: 340,
          overflowY: "auto",
          borderTop: 1,
          borderColor: "divider",
        }}
      >
        {found.items.map((each) => (
          <li key={each.id}>
            <FormControlLabel
              control={
                <Checkbox
                  size="small"
                  checked={chosen === null || chosen.includes(each.id)}
                  onChange={(_, on) => toggle(each.id, on)}
                />
              }
              label={t("admin.bulk.one", { ...each })}
            />
          </li>
        ))}
      </Box>
      {found.total > found.items.length && (
        <Typography variant="body2" sx={{ color: "text.secondary", mt: 1 }}>
          {t("admin.bulk.shown", { shown: found.items.length, total: found.total })}
        </Typography>
      )}
    </>
  );
}
