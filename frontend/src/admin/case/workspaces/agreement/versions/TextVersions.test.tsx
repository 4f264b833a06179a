import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { type TextVersion, TextVersions } from "./TextVersions";

const AT = "*/api/v1/cases/c1/agreement/versions";

const versions: TextVersion[] = (["signature", "review", "asked"] as const).map((occasion, at) => ({
  number: 3 - at,
  occasion,
  made_at: "2026-03-02T09:00:00Z",
  made_by: "Ingrid Solheim",
}));

function show(kept = versions, mayKeep = true) {
  server.use(http.get(AT, () => HttpResponse.json({ versions: kept, may_keep: mayKeep })));
  renderInAdmin(<TextVersions caseId="c1" />);
}

describe("the kept versions of a draft", () => {
  it("say when, why and by whom; any two are compared, also as PDF", async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${AT}/comparison`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({ before: 1, after: 3, html: "<p><ins>Snø</ins></p>" });
      }),
    );
    show();
    expect(await screen.findByText("Versjon 2: sendt til juridisk")).toBeTruthy();
    const user = userEvent.setup();
    await user.click(screen.getByRole("combobox", { name: "Fra" }));
    await user.click(await screen.findByRole("option", { name: "Versjon 1" }));
    await user.click(screen.getByRole("button", { name: "Sammenlign" }));
    const box = within(await screen.findByRole("dialog"));
    expect((await box.findByText("Snø")).tagName).toBe("INS");
    expect(asked).toEqual(["?before=1&after=3"]);
    expect(box.getByRole("link", { name: "Åpne som PDF" }).getAttribute("href")).toBe(
      "/api/v1/cases/c1/agreement/versions/comparison.pdf?before=1&after=3",
    );
  });

  it("are kept on asking", async () => {
    let asked = 0;
    server.use(
      http.post(`${AT}/keep`, () => {
        asked += 1;
        return HttpResponse.json({ versions, may_keep: true });
      }),
    );
    show([]);
    expect(await screen.findByText(/Ingen versjoner er tatt vare på ennå/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Sammenlign" })).toBeNull();
    await userEvent
      .setup()
      .click(screen.getByRole("button", { name: "Ta vare på denne versjonen" }));
    await waitFor(() => expect(asked).toBe(1));
  });

  it("are only read by those who may not keep one", async () => {
    show(versions, false);
    await screen.findByText("Versjon 1: tatt vare på");
    expect(screen.queryByRole("button", { name: "Ta vare på denne versjonen" })).toBeNull();
  });
});
