import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../../../app/testing/render";
import { server } from "../../../../app/testing/server";
import { suggestedTitle } from "./AddDialog";
import { Attachments } from "./Attachments";
import type { Attachment, AttachmentsView } from "./types";

const AT = "*/api/v1/cases/c1/agreement/attachments";

const items: Attachment[] = ["Situasjonsplan", "Snitt"].map((title, at) => ({
  id: `a${at}`,
  number: at + 3,
  title,
  media_type: "application/pdf",
  size: 120_400,
  pages: at + 1,
  url: `/api/v1/cases/c1/agreement/attachments/a${at}/file`,
}));

function show(view: AttachmentsView) {
  server.use(http.get(AT, () => HttpResponse.json(view)));
  return renderInAdmin(<Attachments caseId="c1" />);
}

describe("the files of a draft", () => {
  it("are listed by the number they have in the text, and open", async () => {
    show({ items, editable: true });
    const link = await screen.findByRole("link", { name: "Vedlegg 3: Situasjonsplan" });
    expect(link.getAttribute("href")).toContain("/attachments/a0/file");
    expect(screen.getByText("1 side, 120 kB")).toBeTruthy();
  });

  it("are moved by keyboard, and where to is said", async () => {
    const sent: unknown[] = [];
    server.use(
      http.post(`${AT}/a0/move`, async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ items, editable: true });
      }),
    );
    show({ items, editable: true });
    const user = userEvent.setup();
    const down = await screen.findByRole("button", { name: "Flytt ned: Situasjonsplan" });
    down.focus();
    await user.keyboard("{Enter}");
    await screen.findByText("«Situasjonsplan» er nå vedlegg 4.");
    expect(sent).toEqual([{ place: 2 }]);
    const up = screen.getByRole("button", { name: "Flytt opp: Situasjonsplan" });
    expect((up as HTMLButtonElement).disabled).toBe(true);
  });

  it("are added with a title; a refusal stands at the file and keeps what was typed", async () => {
    let answer = 422;
    const sent: FormData[] = [];
    server.use(
      http.post(AT, async ({ request }) => {
        sent.push(await request.formData());
        if (answer === 200) return HttpResponse.json({ items, editable: true });
        const errors = [{ pointer: "/file", code: "x", detail: "PDF-en er låst." }];
        return HttpResponse.json({ detail: "Se over.", errors }, { status: 422 });
      }),
    );
    show({ items: [], editable: true });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Legg til vedlegg" }));
    const box = within(await screen.findByRole("dialog"));
    const file = new File(["%PDF-1.7"], "kart_over-gården.pdf", { type: "application/pdf" });
    await user.upload(box.getByLabelText(/Velg PDF/), file);
    const title = box.getByRole("textbox", { name: /Hva vedlegget er/ }) as HTMLInputElement;
    expect(title.value).toBe("kart over gården");
    await user.click(box.getByRole("button", { name: "Legg til vedlegg" }));
    await box.findByText("PDF-en er låst.");
    expect(title.value).toBe("kart over gården");
    answer = 200;
    await user.click(box.getByRole("button", { name: "Legg til vedlegg" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.at(-1)?.get("title")).toBe("kart over gården");
  });

  it("are only read by who may not draft, and are not there where there are none", async () => {
    const { container } = show({ items, editable: false });
    await screen.findByRole("link", { name: "Vedlegg 4: Snitt" });
    expect(within(container).queryByRole("button")).toBeNull();
  });

  it("suggest a title by the name of the file", () => {
    expect(suggestedTitle("Kart_1-500.PDF")).toBe("Kart 1 500");
  });
});
