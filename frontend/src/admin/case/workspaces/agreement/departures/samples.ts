/** A draft with one departure, for tests. */
import type { Departure, DeparturesView, Section } from "./types";

export const sections: Section[] = [
  {
    id: "s1",
    number: 1,
    heading: "Formål",
    text: "<section id=\"s1\"><h2>Formål</h2><p>Partene bygger <span data-ref='plan'>punkt 2</span> ut.</p></section>",
    departs: false,
  },
  {
    id: "s2",
    number: 2,
    heading: "Utbetaling",
    text: '<section id="s2"><h2>Utbetaling</h2><p>Kommunen betaler innen 60 dager.</p></section>',
    departs: true,
  },
];

export const departure: Departure = {
  id: "d1",
  section_id: "s2",
  heading: "Utbetaling",
  change_html:
    "<section><h2>Utbetaling</h2><p>Kommunen betaler innen <del>30</del><ins>60</ins> dager.</p></section>",
  approved_html: "<section><h2>Utbetaling</h2></section>",
  reason: "Styret ba om det.",
  author: "Ingrid Solheim",
  made_at: "2026-03-02T09:00:00Z",
  own: false,
  stands: true,
  outdated: false,
  promises: [],
  verdict: null,
  earlier: null,
};

export const draft: DeparturesView = {
  sections,
  departures: [departure],
  may_write: true,
  may_judge: false,
};
