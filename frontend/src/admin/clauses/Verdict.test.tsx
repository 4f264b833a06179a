import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../app/testing/render";
import { server } from "../app/testing/server";
import { asSection, insideOf } from "./ClauseWords";
import type { ClauseText } from "./types";
import { Verdict } from "./Verdict";

const version = { version: 4, mine: false, can: ["approve", "send_back"] } as ClauseText;
const PATH = "/clauses/c1/versions/v2";

describe("the second pair of eyes", () => {
  it("approves from a day", async () => {
    const sent: unknown[] = [];
    const done = vi.fn();
    server.use(
      http.post(`*${PATH}/approve`, async ({ request }) => {
        sent.push([await request.json(), request.headers.get("if-match")]);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    renderInAdmin(<Verdict path={PATH} version={version} onDone={done} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Godkjenn" }));
    const box = within(screen.getByRole("dialog"));
    await user.type(box.getByLabelText("I kraft fra"), "2027-01-01");
    await user.click(box.getByRole("button", { name: "Godkjenn" }));
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(sent).toEqual([[{ in_force_from: "2027-01-01" }, '"4"']]);
  });

  it("is not the author's: the refusal of the server stands in the dialog", async () => {
    const detail = "Be en annen jurist om å gjøre det.";
    server.use(
      http.post(`*${PATH}/approve`, () =>
        HttpResponse.json({ title: "Konflikt", status: 409, detail }, { status: 409 }),
      ),
    );
    renderInAdmin(<Verdict path={PATH} version={version} onDone={vi.fn()} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Godkjenn" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Godkjenn" }));
    expect(await screen.findByText(detail)).toBeTruthy();
  });

  it("lets the author take it back, and nothing else", () => {
    const mine = { ...version, mine: true, can: ["send_back"] };
    renderInAdmin(<Verdict path={PATH} version={mine} onDone={vi.fn()} />);
    expect(screen.getAllByRole("button").map(({ textContent }) => textContent)).toEqual([
      "Ta tilbake",
    ]);
  });
});

describe("a clause in the editor", () => {
  it("is the inside of one section", () => {
    const body = "<h2>Tvister</h2>\n<p>Vi snakker.</p>\n";
    expect(insideOf(asSection(body))).toBe(body);
    expect(insideOf(`${asSection(body)}<section class="keep">\n<p>Mer.</p>\n</section>\n`)).toBe(
      `${body}<p>Mer.</p>\n`,
    );
  });
});
