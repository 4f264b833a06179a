import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { server } from "../testing/server";
import { api } from "./api";
import { ApiProblem, fieldErrors, fieldPath } from "./problem";

describe("problems of the API", () => {
  it("name a form field by the path the form knows it by", () => {
    expect(fieldPath("/organisation_number")).toBe("organisation_number");
    expect(fieldPath("/lines/0/amount_ore")).toBe("lines.0.amount_ore");
    expect(fieldPath("/odd~1name")).toBe("odd/name");
  });

  it("keep every message at its field", () => {
    const errors = fieldErrors([
      { pointer: "/name", code: "a", detail: "Fyll ut." },
      { pointer: "/name", code: "b", detail: "For kort." },
      { pointer: "/contacts/1/email", code: "c", detail: "Feil adresse." },
    ]);
    expect(errors).toEqual({ name: "Fyll ut. For kort.", "contacts.1.email": "Feil adresse." });
  });

  it("are thrown with what react-admin puts at the fields", async () => {
    server.use(
      http.post("*/api/v1/partners", () =>
        HttpResponse.json(
          {
            status: 422,
            detail: "Se over feltene.",
            errors: [
              { pointer: "/organisation_number", code: "x", detail: "Nummeret stemmer ikke." },
            ],
          },
          { status: 422 },
        ),
      ),
    );
    const problem = await api.post("/partners", {}).catch((caught: unknown) => caught);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      status: 422,
      message: "Se over feltene.",
      isConflict: false,
      body: { errors: { organisation_number: "Nummeret stemmer ikke." } },
    });
  });

  it("say that somebody was first when the version is old", async () => {
    let sent: string | null = null;
    server.use(
      http.put("*/api/v1/cases/1", ({ request }) => {
        sent = request.headers.get("if-match");
        return HttpResponse.json({ detail: "Noen andre endret saken." }, { status: 409 });
      }),
    );
    const problem = await api
      .put("/cases/1", {}, { version: 3 })
      .catch((caught: unknown) => caught);
    expect(sent).toBe('"3"');
    expect(problem).toMatchObject({ isConflict: true, message: "Noen andre endret saken." });
  });
});
