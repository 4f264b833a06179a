import Box from "@mui/material/Box";
import type { SignatoriesView } from "../types";
import { AuthorityCard } from "./AuthorityCard";
import { useAuthorities } from "./useAuthorities";

interface Props {
  caseId: string;
  parties: SignatoriesView["parties"];
}

/** Who may sign for each party, while the agreement is out. */
export function AuthorityPanel({ caseId, parties }: Props) {
  const found = useAuthorities(caseId);
  if (!found) return null;
  const shown = found.parties.filter(({ settled, can }) => settled || can.includes("decide"));
  return (
    <Box>
      {shown.map((authority) => (
        <AuthorityCard
          key={authority.party_id}
          caseId={caseId}
          authority={authority}
          required={false}
          contacts={parties.find(({ id }) => id === authority.party_id)?.contacts ?? []}
        />
      ))}
    </Box>
  );
}
