import { describe, expect, test } from "vitest";
import { describeFigure, drawFigure } from "../src/figures/figure";
import { lines } from "../src/figures/drawing";
import { readFigure } from "../src/figures/shapes";
import { stringsFor } from "../src/strings";

const en = stringsFor("en");
const LEVELS = [1, 2, 3, 4].map((number) => ({ number, name: `Level name ${number}`, asks: ["one", "two"] }));

describe("figures", () => {
  test("the career map shows the person's place, in the picture, in words and in the table", () => {
    const figure = { kind: "career_map", data: { levels: LEVELS, here: 2, between: null } };
    const [element] = drawFigure(figure, en);
    expect(element?.querySelectorAll("svg .level")).toHaveLength(4);
    expect(element?.querySelectorAll("svg .marker")).toHaveLength(1);
    expect(describeFigure(figure, en)).toContain("You are here: Level 2");
    expect(element?.querySelectorAll("tbody tr")).toHaveLength(4);
  });

  test.each([[[2, 3]], [3]])("between two levels (%j)", (between) => {
    const figure = { kind: "career_map", data: { levels: LEVELS, here: null, between } };
    expect(describeFigure(figure, en)).toContain("You are between 2 and 3");
  });

  test("the balance shows each answer's part", () => {
    const figure = { kind: "balance", data: { value: -6, items: [{ text: "a", points: 2 }, { text: "b", points: -1 }] } };
    const [element] = drawFigure(figure, en);
    expect(describeFigure(figure, en)).toContain("\u22126, Grower");
    expect(element?.querySelectorAll("tbody tr")).toHaveLength(3);
  });

  test("the plan shows its steps, dates in words or as days", () => {
    const steps = [{ title: "Book", date: "2026-12-04", status: "done" }, { title: "Ask", date: "by Friday", status: "open" }, { title: "x" }];
    const words = describeFigure({ kind: "plan", data: { steps } }, en);
    expect(words).toBe("Book (4 December 2026 \u00b7 done); Ask (by Friday \u00b7 open); x ()");
  });

  test("a table has as many cells in each row", () => {
    const [grid] = readFigure({ kind: "table", data: { columns: ["a"], rows: [["1", 2], []] } });
    expect(grid).toEqual({ kind: "table", columns: ["a", ""], rows: [["1", "2"], ["", ""]] });
  });

  test.each([
    { kind: "radar", data: { axes: ["a"], values: { a: 1 } } },
    { kind: "balance", data: { value: 99 } },
    { kind: "career_map", data: { levels: "no" } },
    { kind: "plan", data: {} },
    { kind: "table", data: { rows: [1] } },
    { kind: "constructor", data: {} },
  ])("what does not fit is a table of all that it has: %j", (figure) => {
    const shapes = readFigure(figure);
    expect(shapes[0]).toMatchObject({ kind: "table", rows: [["figure", figure.kind], ...Object.keys(figure.data).map((key) => [key, expect.any(String)])] });
  });

  test("extra keys are kept", () => {
    expect(readFigure({ kind: "table", data: { rows: [["1"]], note: "new" } })[1]).toMatchObject({ rows: [["note", "new"]] });
  });

  test("lines fit and lose nothing but what is beyond the last", () => {
    expect(lines("one two three", 1000, 10)).toEqual(["one two three"]);
    expect(lines("one two three four five six", 40, 10, 2).at(-1)).toMatch(/\u2026$/);
    expect(lines("", 100, 10)).toEqual([]);
  });
});
