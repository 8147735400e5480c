// The career map: the levels as stairs, the highest on top, with the person's place.

import { s } from "../dom";
import { fill, type Strings } from "../strings";
import { lines, sheet, STRONG, textBlock, WIDTH } from "./drawing";
import type { CareerMap, Grid, Level } from "./shapes";

const LEFT = 40;
const GAP = 8;

/** Draws the map. */
export function drawCareerMap(map: CareerMap, strings: Strings): SVGElement {
  const shapes: SVGElement[] = [];
  let y = 2;
  for (const level of map.levels) {
    const row = drawLevel(level, y, map, strings);
    shapes.push(row.shape);
    y += row.height + GAP;
    if (map.between?.[1] === level.number) {
      shapes.push(marker(strings.here, LEFT, y));
      y += 22 + GAP;
    }
  }
  return sheet(y, strings.careerMap, describeMap(map, strings), ...shapes);
}

/** Says in words what the map shows. */
export function describeMap(map: CareerMap, strings: Strings): string {
  const title = ({ number, name }: Level): string => `${strings.level} ${number}: ${name}`;
  const here = map.levels.find((level) => level.here);
  const place = here ? ` ${strings.here}: ${strings.level} ${here.number}.` : "";
  const [low, high] = map.between ?? [];
  const between = map.between ? ` ${fill(strings.levelBetween, { low: low ?? "", high: high ?? "" })}.` : "";
  return `${[...map.levels].reverse().map(title).join("; ")}.${place}${between}`;
}

/** Returns the same as a table. */
export function mapTable(map: CareerMap, strings: Strings): Grid {
  const place = (level: Level): string => (level.here || map.between?.includes(level.number) ? strings.here : "");
  const inBetween = map.between ? fill(strings.levelBetween, { low: map.between[0], high: map.between[1] }) : "";
  const rows = map.levels.map((level) => [
    String(level.number),
    level.name,
    level.asks.join("; "),
    place(level) && inBetween ? inBetween : place(level),
  ]);
  const known = rows.some((row) => row[3]);
  const columns = [strings.level, strings.name, strings.asks, strings.place];
  return { kind: "table", columns: columns.slice(0, known ? 4 : 3), rows: rows.map((row) => row.slice(0, known ? 4 : 3)) };
}

function drawLevel(level: Level, y: number, map: CareerMap, strings: Strings): { shape: SVGElement; height: number } {
  const room = WIDTH - LEFT - 22;
  const name = lines(level.name, room, STRONG, 2);
  const asks = lines(level.asks[0] ?? "", room, 11.5, 2);
  const pill = level.here ? 24 : 0;
  const height = 18 + name.length * 17 + asks.length * 15 + pill;
  const lit = level.here || Boolean(map.between?.includes(level.number));
  const top = y + 22;
  const shape = s(
    "g",
    { class: lit ? "level lit" : "level" },
    s("rect", { class: "card", x: LEFT - 8, y, width: WIDTH - LEFT + 7, height, rx: 8 }),
    s("circle", { class: "dot", cx: 15, cy: y + height / 2, r: 13 }),
    textBlock([String(level.number)], 15, y + height / 2 + 4.5, 0, "number", "middle"),
    textBlock(name, LEFT + 4, top, 17, "strong"),
    textBlock(asks, LEFT + 4, top + name.length * 17 - 1, 15, "small"),
  );
  if (level.here) shape.append(marker(strings.here, LEFT + 4, y + height - 29));
  return { shape, height };
}

function marker(text: string, x: number, y: number): SVGElement {
  const width = text.length * 6.4 + 20;
  return s(
    "g",
    { class: "marker" },
    s("rect", { x, y, width, height: 21, rx: 10.5 }),
    textBlock([text], x + width / 2, y + 14.5, 0, "pill", "middle"),
  );
}
