import Box from "@mui/material/Box";
import type { ReactNode } from "react";
import { DepartureCard } from "./DepartureCard";
import { type Departure, type DeparturesView, named } from "./types";

interface Props {
  view: DeparturesView;
  /** What can be done about one. */
  acts: (departure: Departure, title: string) => ReactNode;
}

/** The departures in the order of the text. */
export function DepartureList({ view, acts }: Props) {
  const sections = new Map(view.sections.map((section) => [section.id, section]));
  return (
    <Box
      component="ul"
      sx={{
        listStyle: "none",
        m: 0,
        p: 0,
        border: 1,
        borderColor: "divider",
        borderRadius: 1,
        "& > li + li": { borderTop: 1, borderColor: "divider" },
      }}
    >
      {view.departures.map((departure) => {
        const section = sections.get(departure.section_id);
        const title = section ? named(section) : departure.heading;
        return (
          <DepartureCard
            key={departure.id}
            departure={departure}
            title={title}
            number={section?.number ?? null}
          >
            {acts(departure, title)}
          </DepartureCard>
        );
      })}
    </Box>
  );
}
