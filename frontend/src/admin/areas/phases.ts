/** The five phases of an initiative, in order. */
export const PHASES = [
  "knowledge",
  "planning",
  "mobilisation",
  "implementation",
  "continuation",
] as const;
