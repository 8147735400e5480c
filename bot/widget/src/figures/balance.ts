// The balance of grower and builder: a scale with the person's place, and what each answer gave to it.

import { s } from "../dom";
import type { Strings } from "../strings";
import { lines, sheet, textBlock, WIDTH } from "./drawing";
import { BALANCE_LIMIT, signed, type Balance, type Grid } from "./shapes";

const MARGIN = 14;
const MIDDLE = WIDTH / 2;
const SCALE = 64;
const BAR = 70;
/** Where an answer's text ends and its bar may begin. */
const TEXT = WIDTH - 2 * BAR - 8;

/** Draws the balance. */
export function drawBalance(balance: Balance, strings: Strings): SVGElement {
  const x = MIDDLE + (balance.value / BALANCE_LIMIT) * (MIDDLE - MARGIN);
  const shapes = [
    textBlock([strings.grower], MARGIN - 6, 14, 0, "strong"),
    textBlock([strings.builder], WIDTH - MARGIN + 6, 14, 0, "strong", "end"),
    s("rect", { class: "track", x: MARGIN - 6, y: 32, width: WIDTH - 2 * MARGIN + 12, height: 8, rx: 4 }),
    s("rect", { class: "bar", x: Math.min(x, MIDDLE), y: 32, width: Math.abs(x - MIDDLE), height: 8 }),
    s("line", { class: "rule", x1: MIDDLE, y1: 26, x2: MIDDLE, y2: 46 }),
    s("circle", { class: "dot here", cx: x, cy: 36, r: 9 }),
    textBlock([signed(balance.value)], Math.min(WIDTH - 16, Math.max(16, x)), SCALE, 0, "strong", "middle"),
  ];
  let y = SCALE + 18;
  const most = Math.max(1, ...balance.items.map(({ points }) => Math.abs(points)));
  for (const item of balance.items) {
    const row = drawItem(item, y, most);
    shapes.push(...row.shapes);
    y += row.height;
  }
  return sheet(y, strings.balance, describeBalance(balance, strings), ...shapes);
}

/** Says in words what the balance shows. */
export function describeBalance({ value }: Balance, strings: Strings): string {
  const side = value > 0 ? strings.builder : value < 0 ? strings.grower : strings.middle;
  return `${strings.grower} \u2212${BALANCE_LIMIT} \u2026 ${strings.builder} +${BALANCE_LIMIT}: ${signed(value)}, ${side}`;
}

/** Returns the same as a table. */
export function balanceTable(balance: Balance, strings: Strings): Grid {
  const rows = balance.items.map(({ text, points }) => [text, signed(points)]);
  return { kind: "table", columns: [strings.statement, strings.points], rows: [...rows, ["\u03a3", signed(balance.value)]] };
}

function drawItem(item: Balance["items"][number], y: number, most: number): { shapes: SVGElement[]; height: number } {
  const text = lines(item.text, TEXT, 11.5, 3);
  const height = Math.max(1, text.length) * 15 + 8;
  const zero = WIDTH - BAR;
  const length = (item.points / most) * (BAR - 22);
  const middle = y + height / 2 - 6;
  const beyond = item.points < 0 ? zero + length - 5 : zero + length + 5;
  const shapes = [
    textBlock(text, 0, y + 8, 15, "small"),
    s("line", { class: "rule", x1: zero, y1: middle - 8, x2: zero, y2: middle + 8 }),
    s("rect", { class: "bar", x: Math.min(zero, zero + length), y: middle - 4, width: Math.abs(length), height: 8, rx: 2 }),
    textBlock([signed(item.points)], beyond, middle + 4, 0, "small", item.points < 0 ? "end" : "start"),
  ];
  return { shapes, height };
}
