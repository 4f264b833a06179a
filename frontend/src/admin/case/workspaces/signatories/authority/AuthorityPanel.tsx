import Box from "@mui/material/Box";
import { AuthorityCard } from "./AuthorityCard";
import { useAuthorities } from "./useAuthorities";

interface Props {
  caseId: string;
  /** The parties with their contact persons. */
  parties: readonly { id: string; contacts: readonly { id: string; name: string }[] }[];
}

/** Who may sign for each party, beside what somebody else has to do. */
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
