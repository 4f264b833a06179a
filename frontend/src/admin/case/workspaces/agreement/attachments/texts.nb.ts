/** Files that are part of an agreement, in bokmål: `admin.workspace.attachments`. */
export const attachments = {
  title: "Vedlegg",
  lead: "Tegninger, kart eller bilder som er en del av avtalen. Sidene vises bakerst i avtalen, og filen selv ligger uendret i PDF-en. Juristen ser på en avtale med vedlegg.",
  add: "Legg til vedlegg",
  file: "Velg PDF eller bilde",
  name: "Hva vedlegget er",
  name_help: "Står i avtalen, for eksempel «Situasjonsplan».",
  annex: "Vedlegg %{number}: %{title}",
  pages: "%{smart_count} side |||| %{smart_count} sider",
  up: "Flytt opp: %{title}",
  down: "Flytt ned: %{title}",
  rename: "Endre navn",
  rename_named: "Endre navn: %{title}",
  remove: "Ta ut",
  remove_named: "Ta ut: %{title}",
  moved: "«%{title}» er nå vedlegg %{number}.",
  removed: "«%{title}» er tatt ut.",
};
