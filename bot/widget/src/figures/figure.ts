// A figure as the log shows it: the picture with its text alternative, and the same as a table behind a button.

import { h } from "../dom";
import type { Figure } from "../messages";
import type { Strings } from "../strings";
import { balanceTable, describeBalance, drawBalance } from "./balance";
import { describeMap, drawCareerMap, mapTable } from "./career-map";
import { describePlan, drawPlan, planTable } from "./plan";
import { readFigure, type Grid, type Shape } from "./shapes";

let count = 0;

/** Returns the elements that show the figure. */
export function drawFigure(figure: Figure, strings: Strings): HTMLElement[] {
  return readFigure(figure).map((shape) => drawShape(shape, strings));
}

/** Says in words what the figure shows; a table is told by its size of rows alone, it can be read. */
export function describeFigure(figure: Figure, strings: Strings): string {
  return readFigure(figure).map((shape) => DESCRIBERS[shape.kind](shape as never, strings)).join(". ");
}

type Drawer = (shape: never, strings: Strings) => SVGElement;
type Tabler = (shape: never, strings: Strings) => Grid;

const DRAWERS: Record<string, [Drawer, Tabler]> = {
  career_map: [drawCareerMap, mapTable],
  balance: [drawBalance, balanceTable],
  plan: [drawPlan, planTable],
};

const DESCRIBERS: Record<Shape["kind"], (shape: never, strings: Strings) => string> = {
  career_map: describeMap,
  balance: describeBalance,
  plan: describePlan,
  table: (grid: Grid, strings: Strings) => `${strings.table}: ${grid.rows.map((row) => row.join(", ")).join("; ")}`,
};

function drawShape(shape: Shape, strings: Strings): HTMLElement {
  const [draw, tabulate] = DRAWERS[shape.kind] ?? [];
  if (!draw || !tabulate) return h("div", { class: "figure", part: "figure" }, tableOf(shape as Grid, strings));
  const id = `figure-${(count += 1)}`;
  const table = h("div", { id, hidden: true }, tableOf(tabulate(shape as never, strings), strings));
  const toggle = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": id }, strings.showTable);
  toggle.addEventListener("click", () => {
    table.hidden = !table.hidden;
    toggle.setAttribute("aria-expanded", String(!table.hidden));
    toggle.textContent = table.hidden ? strings.showTable : strings.hideTable;
  });
  return h("div", { class: "figure", part: "figure" }, draw(shape as never, strings), toggle, table);
}

function tableOf(grid: Grid, strings: Strings): HTMLElement {
  const head = grid.columns.map((title) => (title ? h("th", { scope: "col" }, title) : h("td")));
  const rows = grid.rows.map((row) =>
    h("tr", {}, ...row.map((cell, place) => (place ? h("td", {}, cell) : h("th", { scope: "row" }, cell)))),
  );
  const table = h("table", {}, head.length > 0 && h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": strings.table }, table);
}
