import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import { useTranslate } from "react-admin";
import type { Saved } from "../shared/useSaved";
import type { ProposalEdit, ProposalView } from "./types";

const SECTIONS = ["background", "goals", "target_groups", "results", "maintenance"] as const;

/** The text of the proposal by section. */
export function Sections({ saved }: { saved: Saved<ProposalView, ProposalEdit> }) {
  const t = useTranslate();
  const { value, change, errors } = saved;
  return (
    <Box sx={{ display: "grid", gap: 2 }}>
      <TextField
        label={t("admin.workspace.proposal.title")}
        value={value.title}
        error={Boolean(errors.title)}
        helperText={errors.title}
        onChange={(event) => change({ ...value, title: event.target.value })}
      />
      {SECTIONS.map((name) => (
        <TextField
          key={name}
          multiline
          minRows={3}
          label={t(`admin.workspace.proposal.${name}`)}
          value={value[name]}
          error={Boolean(errors[name])}
          helperText={errors[name] ?? t(`admin.workspace.proposal_help.${name}`)}
          onChange={(event) => change({ ...value, [name]: event.target.value })}
        />
      ))}
    </Box>
  );
}
