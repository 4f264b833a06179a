import type { DataProvider, GetListParams, GetListResult, RaRecord } from "react-admin";
import { api, type Page, type Params } from "./http/api";

/** What a form may send, by resource: the backend refuses fields it does not know. */
const EDITABLE: Record<string, readonly string[]> = {
  areas: [
    "phase",
    "summary",
    "programme_leader_id",
    "contact_point_name",
    "contact_point_address",
    "contact_point_hours",
  ],
  partners: [
    "kind",
    "name",
    "organisation_number",
    "organisation_form",
    "dwellings",
    "address",
    "postal_code",
    "city",
    "email",
    "phone",
    "website",
    "area_id",
    "about",
    "status",
  ],
  cases: ["title", "summary", "measure_id", "involvement_item_id"],
  people: ["name", "email", "title", "unit", "language", "active", "grants"],
};

/** Fields that exist only when a thing is made. */
const ONLY_NEW: Record<string, readonly string[]> = {
  cases: ["area_id", "lead_partner_id", "contact_id"],
};

/** Fields that a new thing does not take. */
const NOT_NEW: Record<string, readonly string[]> = { partners: ["status"], people: ["active"] };

const NULLABLE = /(_id|_number|^dwellings)$/;

/** An emptied text field is `null` in react-admin and an empty text in the API. */
const sendable = (name: string, value: unknown): unknown =>
  value === null && !NULLABLE.test(name) ? "" : value;

function pick(data: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names
      .filter((name) => data[name] !== undefined)
      .map((name) => [name, sendable(name, data[name])]),
  );
}

export function newBody(resource: string, data: Record<string, unknown>): Record<string, unknown> {
  const editable = EDITABLE[resource];
  if (!editable) return data;
  const refused = NOT_NEW[resource] ?? [];
  const names = [...editable, ...(ONLY_NEW[resource] ?? [])];
  return pick(
    data,
    names.filter((name) => !refused.includes(name)),
  );
}

export function editBody(resource: string, data: Record<string, unknown>): Record<string, unknown> {
  const editable = EDITABLE[resource];
  return editable ? pick(data, editable) : data;
}

function listParams(params: Partial<GetListParams>): Params {
  const { pagination, sort, filter } = params;
  const order = sort?.field && sort.field !== "id" ? sort : undefined;
  return {
    page: pagination?.page,
    per_page: pagination?.perPage,
    sort: order ? `${order.order === "DESC" ? "-" : ""}${order.field}` : undefined,
    ...(filter as Params | undefined),
  };
}

async function readList<T extends RaRecord>(
  path: string,
  params: Partial<GetListParams>,
): Promise<GetListResult<T>> {
  const answer = await api.get<Page<T> | T[]>(path, listParams(params));
  const items = Array.isArray(answer) ? answer : answer.items;
  const total = Array.isArray(answer) ? answer.length : answer.total;
  return { data: items, total };
}

const refuse = (): Promise<never> => Promise.reject(new Error("admin.error.not_offered"));

/** react-admin's view of `/api/v1`: lists are pages, edits carry the version that was read. */
export const dataProvider: DataProvider = {
  getList: (resource, params) => readList(`/${resource}`, params),
  getOne: async (resource, { id }) => ({ data: await api.get(`/${resource}/${id}`) }),
  getMany: async (resource, { ids }) => ({
    data: await Promise.all(ids.map((id) => api.get<never>(`/${resource}/${id}`))),
  }),
  getManyReference: (resource, { target, id, ...params }) =>
    readList(`/${target}/${id}/${resource}`, params),
  create: async (resource, { data }) => ({
    data: await api.post(`/${resource}`, newBody(resource, data as Record<string, unknown>)),
  }),
  update: async (resource, { id, data, previousData }) => ({
    data: await api.put(`/${resource}/${id}`, editBody(resource, data), {
      version: (previousData as { version?: number }).version,
    }),
  }),
  updateMany: refuse,
  delete: refuse,
  deleteMany: refuse,
};
