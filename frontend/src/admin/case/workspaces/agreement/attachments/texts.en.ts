/** Files that are part of an agreement, in English: `admin.workspace.attachments`. */
export const attachments = {
  title: "Annexes",
  lead: "Drawings, maps or pictures that are part of the agreement. Their pages stand behind its text, and the file itself lies in the PDF, unchanged. Legal reads an agreement with annexes.",
  add: "Add an annex",
  file: "Choose a PDF or picture",
  name: "What the annex is",
  name_help: "Stands in the agreement, for example “Site plan”.",
  annex: "Annex %{number}: %{title}",
  pages: "%{smart_count} page |||| %{smart_count} pages",
  up: "Move up: %{title}",
  down: "Move down: %{title}",
  rename: "Rename",
  rename_named: "Rename: %{title}",
  remove: "Take out",
  remove_named: "Take out: %{title}",
  moved: "“%{title}” is annex %{number} now.",
  removed: "“%{title}” is taken out.",
};
