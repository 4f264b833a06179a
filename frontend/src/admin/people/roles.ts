/** The roles that can be given, in the order of the work. A partner never logs in. */
export const ROLES = [
  "liaison",
  "programme_leader",
  "decision_maker",
  "legal",
  "municipal_unit",
  "archivist",
  "admin",
  "auditor",
];
