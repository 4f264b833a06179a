import MuiLink from "@mui/material/Link";
import { Link } from "react-router-dom";
import type { Instance } from "./types";

const PAGES: Record<string, string> = { case: "cases" };

/** What an instance is about, with the way to it where it has a page. */
export function InstanceLink({ instance }: { instance: Instance }) {
  const page = PAGES[instance.kind];
  if (!page) return <>{instance.title}</>;
  return (
    <MuiLink component={Link} to={`/${page}/${instance.id}/show`}>
      {instance.title}
    </MuiLink>
  );
}
