/** Files that are part of an agreement, in nynorsk: `admin.workspace.attachments`. */
export const attachments = {
  title: "Vedlegg",
  lead: "Teikningar, kart eller bilete som er ein del av avtalen. Sidene blir viste bakarst i avtalen, og fila sjølv ligg uendra i PDF-en. Juristen ser på ein avtale med vedlegg.",
  add: "Legg til vedlegg",
  file: "Vel PDF eller bilete",
  name: "Kva vedlegget er",
  name_help: "Står i avtalen, til dømes «Situasjonsplan».",
  annex: "Vedlegg %{number}: %{title}",
  pages: "%{smart_count} side |||| %{smart_count} sider",
  up: "Flytt opp: %{title}",
  down: "Flytt ned: %{title}",
  rename: "Endre namn",
  rename_named: "Endre namn: %{title}",
  remove: "Ta ut",
  remove_named: "Ta ut: %{title}",
  moved: "«%{title}» er no vedlegg %{number}.",
  removed: "«%{title}» er teke ut.",
};
