import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderInAdmin } from "../../app/testing/render";
import { EMPTY, nameFrom, QuestionDialog } from "./QuestionDialog";

describe("a question of a template", () => {
  it("gets a name that expressions can use, and none that is taken", () => {
    expect(nameFrom("Når åpner lokalet?", [])).toBe("nar_apner_lokalet");
    expect(nameFrom("Frist", ["frist"])).toBe("frist_2");
    expect(nameFrom("2 år", [])).toBe("ar");
    expect(nameFrom("…", [])).toBe("field");
  });

  it("is kept with its words in three languages and the example's answer in øre", async () => {
    const keep = vi.fn();
    renderInAdmin(
      <QuestionDialog
        asked={null}
        answer={null}
        taken={[]}
        before={[]}
        onKeep={keep}
        onRemove={vi.fn()}
        onClose={vi.fn()}
      />,
    );
    const user = userEvent.setup();
    const submit = screen.getByRole("button", { name: "Ta med" });
    expect(submit.hasAttribute("disabled")).toBe(true);
    await user.type(screen.getByLabelText("Spørsmålet på Bokmål"), "Leie");
    await user.type(screen.getByLabelText("Spørsmålet på Nynorsk"), "Leige");
    await user.type(screen.getByLabelText("Spørsmålet på English"), "Rent");
    await user.click(screen.getByRole("combobox", { name: "Svaret er" }));
    await user.click(screen.getByRole("option", { name: "Et beløp" }));
    await user.type(screen.getByLabelText("Svar i eksempelet"), "1500.5");
    await user.click(submit);
    const [asked, answer] = keep.mock.calls[0] ?? [];
    expect(asked).toMatchObject({ name: "leie", type: "money", label: { en: "Rent" } });
    expect(answer).toBe(150050);
  });

  it("is asked only after a yes, where somebody says so", async () => {
    const keep = vi.fn();
    const words = { nb: "Er det dyrt?", nn: "Er det dyrt?", en: "Is it expensive?" };
    const before = { ...EMPTY, name: "dear", type: "yes_no", label: words };
    renderInAdmin(
      <QuestionDialog
        asked={{ ...EMPTY, name: "price", label: words }}
        answer={null}
        taken={["dear"]}
        before={[before]}
        onKeep={keep}
        onRemove={vi.fn()}
        onClose={vi.fn()}
      />,
    );
    const user = userEvent.setup();
    await user.click(screen.getByRole("combobox", { name: "Spør bare når svaret er ja på" }));
    await user.click(screen.getByRole("option", { name: "Er det dyrt?" }));
    await user.click(screen.getByRole("button", { name: "Ta med" }));
    expect(keep.mock.calls[0]?.[0]).toMatchObject({ name: "price", asked_if: "dear" });
  });
});
