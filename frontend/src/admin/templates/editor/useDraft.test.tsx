import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderInAdmin } from "../../app/testing/render";
import { server } from "../../app/testing/server";
import { useAutosave } from "./useDraft";

interface Kept {
  version: number;
  text: string;
}

/** Writes twice while the first save is on its way, and then asks for all to be saved. */
function Hasty() {
  const draft = useAutosave("/things/1", { version: 1, text: "" }, ({ text }: Kept) => ({ text }));
  const [done, setDone] = useState("");
  const act = async () => {
    draft.change({ text: "a" });
    void draft.save();
    draft.change({ text: "ab" });
    setDone((await draft.save()) ? "all saved" : "not saved");
  };
  return (
    <>
      <button type="button" onClick={() => void act()}>
        write
      </button>
      {done}
    </>
  );
}

describe("a draft that saves itself", () => {
  it("says that all is saved only when the last words are, each on the version before", async () => {
    const sent: unknown[] = [];
    let version = 1;
    server.use(
      http.put("*/api/v1/things/1", async ({ request }) => {
        const { text } = (await request.json()) as Kept;
        sent.push([request.headers.get("if-match"), text]);
        version += 1;
        return HttpResponse.json({ version, text });
      }),
    );
    renderInAdmin(<Hasty />);
    await userEvent.setup().click(screen.getByRole("button", { name: "write" }));
    expect(await screen.findByText("all saved")).toBeTruthy();
    expect(sent).toEqual([
      ['"1"', "a"],
      ['"2"', "ab"],
    ]);
  });
});
