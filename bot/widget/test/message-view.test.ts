import { expect, test } from "vitest";
import { coachView } from "../src/message-view";
import { stringsFor } from "../src/strings";

const WORDS = "Side by side:\n\n| | A |\n| --- | --- |\n| Level | two |";
const TABLE = { kind: "table", data: { columns: ["", "A"], rows: [["Level", "two"]] } };

test.each([
  [WORDS, TABLE, 1],
  ["Side by side:", TABLE, 1],
  [WORDS, { kind: "plan", data: { steps: [{ title: "Ask", date: "Friday", status: "open" }] } }, 2],
])("a table that is in the words is not drawn once more", (text, figure, tables) => {
  const message = { from: "coach" as const, id: 1, kind: "answer", text, choices: [], sources: [], figure };
  const view = coachView({ message } as never, undefined, stringsFor("en"), {} as never);
  expect(view.querySelectorAll("table")).toHaveLength(tables);
});
