/** The kinds of partners and ways of meeting them, as the backend knows them. */
export const PARTNER_KINDS = [
  "housing_cooperative",
  "condominium",
  "business",
  "voluntary_organisation",
  "user_organisation",
  "institution",
  "informal_group",
  "resource_person",
  "municipal_unit",
  "external_investor",
] as const;

/** Kinds that always have an organisation number. */
export const WITH_NUMBER: ReadonlySet<string> = new Set([
  "business",
  "housing_cooperative",
  "condominium",
  "institution",
]);

/** Kinds that never have one of their own. */
export const WITHOUT_NUMBER: ReadonlySet<string> = new Set([
  "municipal_unit",
  "informal_group",
  "resource_person",
]);

export const WITH_DWELLINGS: ReadonlySet<string> = new Set(["housing_cooperative", "condominium"]);

export const CHANNELS = ["meeting", "call", "email", "visit", "walk_in"] as const;
