import type { AuthProvider, UserIdentity } from "react-admin";
import { api } from "./http/api";
import { ApiProblem } from "./http/problem";

export interface Grant {
  role: string;
  area_id: string | null;
}

export interface PersonView {
  id: string;
  name: string;
  email: string;
  title: string;
  unit: string;
  grants: Grant[];
}

export interface Me extends PersonView {
  language: string;
  actions: string[];
}

export interface LoginOptions {
  oidc: boolean;
  development: boolean;
  people: PersonView[];
}

export type Identity = UserIdentity & Me;

/** The session lives in a cookie that scripts cannot read; `/me` tells whose it is. */
export function makeAuthProvider(): AuthProvider {
  let known: Promise<Me> | null = null;

  const me = (): Promise<Me> => {
    known ??= api.get<Me>("/me").catch((problem: unknown) => {
      known = null;
      throw problem;
    });
    return known;
  };

  return {
    login: async ({ person_id }: { person_id: string }) => {
      await api.post("/development-login", { person_id });
      known = null;
      await me();
    },
    logout: async () => {
      known = null;
      await api.post("/logout").catch(() => undefined);
      return "/login";
    },
    checkAuth: async () => {
      await me();
    },
    checkError: (problem: unknown) => {
      if (!(problem instanceof ApiProblem) || problem.status !== 401) return Promise.resolve();
      known = null;
      return Promise.reject(problem);
    },
    getIdentity: async () => ({ ...(await me()), fullName: (await me()).name }),
    getPermissions: async () => (await me()).actions,
  };
}
