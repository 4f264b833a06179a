import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { ReadingsPanel } from "./ReadingsPanel";
import type { ReadingsView } from "./types";

const PATH = "*/api/v1/cases/c1/proposal/readings";

const thread = {
  heading: "Budsjett",
  first: {
    id: "k1",
    text: "Er moms med?",
    who: "Kari Solberg",
    of: "Solbakken",
    by_partner: true,
    at: "2026-11-20T08:00:00Z",
    resolved: false,
    answers: [],
  },
};

function view(changes: Partial<ReadingsView> = {}): ReadingsView {
  return {
    sent: [
      {
        number: 1,
        sent_at: "2026-11-18T08:00:00Z",
        respond_by: "2026-11-28",
        note: "",
        current: false,
        people: ["Kari Solberg, Solbakken"],
      },
    ],
    parties: [
      {
        party_id: "p1",
        name: "Solbakken",
        standing: "refused",
        number: 1,
        by: "Kari Solberg",
        role_title: "",
        reason: "Styret har ikke møtt.",
        answered_at: "2026-11-19T08:00:00Z",
      },
    ],
    threads: [thread],
    contacts: [
      { id: "k", name: "Kari Solberg", role_title: "", party_name: "Solbakken", reachable: true },
      { id: "o", name: "Ola Ås", role_title: "", party_name: "Solbakken", reachable: false },
    ],
    may_send: true,
    may_answer: true,
    ...changes,
  };
}

/** A backend that shows `shown` and keeps what is posted. */
function backend(shown: ReadingsView) {
  const posted: { path: string; body: unknown }[] = [];
  server.use(
    http.get(PATH, () => HttpResponse.json(shown)),
    http.post(`${PATH}/*`, async ({ request }) => {
      const body = await request.text();
      const path = new URL(request.url).pathname.split("/readings")[1] ?? "";
      posted.push({ path, body: body ? JSON.parse(body) : null });
      return HttpResponse.json(shown);
    }),
  );
  return posted;
}

describe("the proposal with the partners", () => {
  it("shows where each party stands, why, and that the proposal has changed since", async () => {
    backend(view());
    renderInAdmin(<ReadingsPanel caseId="c1" />);
    expect(await screen.findByText("Kan ikke bekrefte")).toBeTruthy();
    expect(screen.getByText("Styret har ikke møtt.")).toBeTruthy();
    expect(screen.getByText(/forslaget er endret siden/)).toBeTruthy();
  });

  it("saves first and then sends to those who are chosen and can be reached", async () => {
    const posted = backend(view({ sent: [], threads: [] }));
    const save = vi.fn(async () => true);
    const user = userEvent.setup();
    renderInAdmin(<ReadingsPanel caseId="c1" before={save} />);
    await user.click(await screen.findByRole("button", { name: "Send forslaget til partnerne" }));
    const box = within(await screen.findByRole("dialog"));
    expect(box.getByRole("checkbox", { name: /Ola Ås/ }).hasAttribute("disabled")).toBe(true);
    await user.click(box.getByRole("checkbox", { name: /Kari Solberg/ }));
    await user.click(box.getByRole("button", { name: "Send forslaget til partnerne" }));
    await waitFor(() => expect(posted).toHaveLength(1));
    expect(save).toHaveBeenCalledOnce();
    expect(posted[0]).toMatchObject({ path: "/send", body: { contact_ids: ["k"] } });
  });

  it("sends nothing where what is typed could not be saved", async () => {
    const posted = backend(view({ sent: [] }));
    const user = userEvent.setup();
    renderInAdmin(<ReadingsPanel caseId="c1" before={async () => false} />);
    await user.click(await screen.findByRole("button", { name: "Send forslaget til partnerne" }));
    const box = within(await screen.findByRole("dialog"));
    await user.click(box.getByRole("button", { name: "Send forslaget til partnerne" }));
    expect(await screen.findByText(/Ikke lagret/)).toBeTruthy();
    expect(posted).toEqual([]);
  });

  it("marks a question as settled", async () => {
    const posted = backend(view());
    const user = userEvent.setup();
    renderInAdmin(<ReadingsPanel caseId="c1" />);
    await user.click(await screen.findByRole("button", { name: "Marker som avklart" }));
    await waitFor(() => expect(posted[0]?.path).toBe("/comments/k1/resolve"));
  });

  it("says nothing beside the case as long as nothing was sent", async () => {
    backend(view({ sent: [] }));
    const { container } = renderInAdmin(<ReadingsPanel caseId="c1" quiet />);
    await waitFor(() => expect(container.textContent).not.toContain("Forslaget hos partnerne"));
  });
});
