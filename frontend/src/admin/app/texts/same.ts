/** The same keys, other words: every language has every text. */
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
