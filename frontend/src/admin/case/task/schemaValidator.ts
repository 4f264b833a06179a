/** Checks forms against their JSON Schema without building code at run time, which the page's security policy forbids. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import {
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  type ValidatorType,
} from "@rjsf/utils";

type Answers = Record<string, unknown>;

const MISSING = /required property "([^"]+)"/;
const LIMITED = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems"] as const;

function check(schema: RJSFSchema, data: unknown): OutputUnit[] {
  // What is not filled in is not part of the answers.
  const present: unknown = JSON.parse(JSON.stringify(data ?? {}));
  return new Validator(schema as Schema, "2020-12", false).validate(present).errors;
}

/** `#/lines/0/title` → `.lines.0.title`, as rjsf writes the place of an error. */
const placeOf = (location: string): string => location.slice(1).replaceAll("/", ".");

function schemaAt(schema: RJSFSchema, location: string): RJSFSchema | undefined {
  let found: RJSFSchema | undefined = schema;
  for (const name of location.split("/").slice(1)) {
    const next: unknown = found?.properties?.[name] ?? found?.items;
    found =
      next && typeof next === "object" && !Array.isArray(next) ? (next as RJSFSchema) : undefined;
  }
  return found;
}

function asError(schema: RJSFSchema, unit: OutputUnit): RJSFValidationError[] {
  const place = placeOf(unit.instanceLocation);
  const { keyword, error } = unit;
  if (keyword === "required") {
    const missing = MISSING.exec(error)?.[1];
    return missing
      ? [{ name: keyword, property: `${place}.${missing}`, message: error, stack: error }]
      : [];
  }
  const here = schemaAt(schema, unit.instanceLocation);
  const limit = LIMITED.find((each) => each === keyword);
  const params = limit ? { limit: here?.[limit] } : {};
  // `properties` and the like only repeat what is said deeper down.
  if (keyword === "properties" || keyword === "items" || keyword === "allOf") return [];
  return [
    {
      name: keyword === "oneOf" || keyword === "anyOf" ? "enum" : keyword,
      property: place,
      message: error,
      params,
      stack: error,
    },
  ];
}

/** One message a field: an empty choice is both of no type and none of the choices. */
function firstOfEach(errors: RJSFValidationError[]): RJSFValidationError[] {
  const seen = new Set<string>();
  return errors.filter(({ property = "" }) => {
    if (property === "" || seen.has(property)) return false;
    seen.add(property);
    return true;
  });
}

export const schemaValidator: ValidatorType<Answers> = {
  validateFormData: (data, schema, _custom, transform, uiSchema) => {
    const found = firstOfEach(check(schema, data).flatMap((unit) => asError(schema, unit)));
    const errors = transform ? transform(found, uiSchema) : found;
    return { errors, errorSchema: toErrorSchema(errors) };
  },
  isValid: (schema, data) => check(schema, data).length === 0,
  rawValidation: <Result>(schema: RJSFSchema, data?: Answers) => ({
    errors: check(schema, data) as Result[],
  }),
};
