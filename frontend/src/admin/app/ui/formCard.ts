/** Fields of react-admin's forms: full width, evenly apart. */
export const formCard = {
  "& .MuiFormControl-root, & .MuiAutocomplete-root": { width: "100%" },
  "& .MuiFormControl-root": { marginTop: 1, marginBottom: 0.5 },
  "& .MuiAutocomplete-root .MuiFormControl-root": { marginTop: 1 },
} as const;

/** Two fields beside each other where there is room. */
export const fieldRow = {
  display: "grid",
  columnGap: 2,
  width: "100%",
  gridTemplateColumns: { sm: "1fr 1fr" },
};
