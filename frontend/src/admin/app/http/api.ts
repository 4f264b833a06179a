/** The one place that talks HTTP with the backend. */
import { ApiProblem, type ProblemBody } from "./problem";

export type Params = Record<string, string | number | boolean | null | undefined>;

export interface Page<T> {
  items: T[];
  total: number;
  more?: boolean;
}

interface SendOptions {
  version?: number | undefined;
}

const BASE = "/api/v1";

export function withParams(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<ProblemBody> {
  try {
    return (await response.json()) as ProblemBody;
  } catch {
    return { title: response.statusText, status: response.status };
  }
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`${BASE}${path}`, { credentials: "same-origin", ...init });
  if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

function send<T>(method: string, path: string, body: unknown, options: SendOptions): Promise<T> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (options.version !== undefined) headers["if-match"] = `"${options.version}"`;
  return request<T>(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function upload<T>(
  method: string,
  path: string,
  files: FormData,
  options: SendOptions,
): Promise<T> {
  const headers: Record<string, string> = {};
  if (options.version !== undefined) headers["if-match"] = `"${options.version}"`;
  return request<T>(path, { method, headers, body: files });
}

/** Paths begin after `/api/v1`. Every refusal is thrown as an `ApiProblem`. */
export const api = {
  get: <T>(path: string, params?: Params): Promise<T> => request<T>(withParams(path, params), {}),
  post: <T>(path: string, body?: unknown, options: SendOptions = {}): Promise<T> =>
    send<T>("POST", path, body, options),
  put: <T>(path: string, body: unknown, options: SendOptions = {}): Promise<T> =>
    send<T>("PUT", path, body, options),
  postFile: <T>(path: string, file: File): Promise<T> => {
    const form = new FormData();
    form.set("file", file);
    return upload<T>("POST", path, form, {});
  },
  postForm: <T>(path: string, form: FormData): Promise<T> => upload<T>("POST", path, form, {}),
  putFile: <T>(path: string, file: File, options: SendOptions = {}): Promise<T> => {
    const form = new FormData();
    form.set("file", file);
    return upload<T>("PUT", path, form, options);
  },
};

/** The address a browser opens itself, for documents and previews. */
export const apiUrl = (path: string, params?: Params): string =>
  withParams(`${BASE}${path}`, params);
