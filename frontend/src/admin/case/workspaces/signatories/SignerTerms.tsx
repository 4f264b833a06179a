import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import { LowerDialog } from "./LowerDialog";
import type { Arranged, MethodChoice, Planned, SignatureRequest } from "./types";

export const ON_PAPER = "wet_ink";

/** The least that will do for a request. */
export const leastOf = ({ lowered_to, policy_method }: SignatureRequest): string =>
  lowered_to ?? policy_method;

export function strongEnough(methods: MethodChoice[], method: string, least: string): boolean {
  const at = (wanted: string) => methods.findIndex(({ key }) => key === wanted);
  return at(least) >= 0 && at(method) >= at(least);
}

interface Props {
  caseId: string;
  name: string;
  /** Which of the signatories of the plan. */
  place: number;
  saved: Arranged;
}

/** In which way, and as which one, somebody signs; the way never weaker than the rules say. */
export function SignerTerms({ caseId, name, place, saved }: Props) {
  const t = useTranslate();
  const [lowering, setLowering] = useState(false);
  const { value, view, change } = saved;
  const planned = value.signatories[place];
  const request = view.signatories.find(({ contact_id }) => contact_id === planned?.contact_id);
  if (!planned) return null;
  const set = (changes: Partial<Planned>) =>
    change({
      ...value,
      signatories: value.signatories.map((each, at) =>
        at === place ? { ...each, ...changes } : each,
      ),
    });
  const least = request ? leastOf(request) : (view.methods[0]?.key ?? "");
  const method = planned.method ?? least;
  const about = view.methods.find(({ key }) => key === method)?.about;
  const labelOf = ({ key, label, missing }: MethodChoice) => {
    if (missing)
      return t("admin.workspace.signing.not_set_up", { method: label, setting: missing });
    return key === least ? t("admin.workspace.signing.by_policy", { method: label }) : label;
  };
  const choices = view.methods.filter(({ key }) => strongEnough(view.methods, key, least));
  const mayLower = view.may_lower && request && view.methods[0]?.key !== least;
  return (
    <Box sx={{ pl: 4, pb: 1.5, pt: 0.5, display: "grid", gap: 1 }}>
      <Box
        sx={{
          display: "grid",
          gap: 1.5,
          gridTemplateColumns: {
            xs: "minmax(0, 1fr)",
            sm: value.signatories.length > 1 ? "minmax(0, 3fr) minmax(0, 2fr)" : "minmax(0, 1fr)",
          },
        }}
      >
        <TextField
          select
          size="small"
          label={t("admin.workspace.signing.method_named", { name })}
          value={choices.some(({ key }) => key === method) ? method : ""}
          onChange={(event) =>
            set({ method: event.target.value === least ? null : event.target.value })
          }
          helperText={about}
        >
          {choices.map((each) => (
            <MenuItem key={each.key} value={each.key} disabled={Boolean(each.missing)}>
              {labelOf(each)}
            </MenuItem>
          ))}
        </TextField>
        {value.signatories.length > 1 && (
          <TextField
            select
            size="small"
            label={t("admin.workspace.signing.order_named", { name })}
            value={String(planned.order)}
            onChange={(event) => set({ order: Number(event.target.value) })}
          >
            {orders(value.signatories).map((order) => (
              <MenuItem key={order} value={String(order)}>
                {order === 1
                  ? t("admin.workspace.signing.order_first")
                  : t("admin.workspace.signing.order_at", { order })}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Box>
      {request?.lowered_to && (
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {t("admin.workspace.signing.lowered", { reason: request.lowered_reason })}
        </Typography>
      )}
      {mayLower && (
        <Box>
          <Button
            size="small"
            aria-label={t("admin.workspace.signing.lower_named", { name })}
            onClick={() => setLowering(true)}
          >
            {t("admin.workspace.signing.lower")}
          </Button>
        </Box>
      )}
      {lowering && request && (
        <LowerDialog
          caseId={caseId}
          request={request}
          methods={view.methods.slice(
            0,
            view.methods.findIndex(({ key }) => key === least),
          )}
          onClose={() => setLowering(false)}
        />
      )}
    </Box>
  );
}

/** One place for each signatory, and those in use. */
function orders(signatories: Planned[]): number[] {
  const most = Math.max(signatories.length, ...signatories.map(({ order }) => order));
  return Array.from({ length: most }, (_, index) => index + 1);
}
