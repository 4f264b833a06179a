import { useQueryClient } from "@tanstack/react-query";
import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { useEffect } from "react";
import { describe, expect, it } from "vitest";
import { LoginPage } from "./LoginPage";
import { renderInAdmin } from "./testing/render";
import { server } from "./testing/server";

const person = (id: string, name: string, role: string) => ({
  id,
  name,
  email: `${id}@solvik.example`,
  title: "",
  unit: "",
  grants: [{ role, area_id: null }],
});

/** What react-admin does when it finds nobody logged in, just as the page appears. */
function EmptiesCache() {
  const client = useQueryClient();
  useEffect(() => client.clear(), [client]);
  return null;
}

describe("the log-in page", () => {
  it("offers the demo people by role, clearly marked, though the cache is emptied meanwhile", async () => {
    const people = [person("1", "Silje Dahl", "legal"), person("2", "Ingrid Solheim", "liaison")];
    server.use(
      http.get("*/api/v1/login-options", () =>
        HttpResponse.json({ oidc: false, development: true, people }),
      ),
    );
    renderInAdmin(
      <>
        <LoginPage />
        <EmptiesCache />
      </>,
    );
    expect(await screen.findByRole("heading", { name: "Utviklingsinnlogging" })).toBeTruthy();
    const groups = screen.getAllByRole("region");
    expect(groups).toHaveLength(2);
    const [first] = groups;
    expect(first && within(first).getByRole("button", { name: /Ingrid Solheim/ })).toBeTruthy();
    expect(screen.queryByRole("link", { name: /kommunens innlogging/ })).toBeNull();
  });
});
