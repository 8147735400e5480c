// The figures' data, read into shapes that can be drawn; what does not fit becomes a small table. No figure is lost:
// an unknown kind, a known kind with unexpected data and any extra key of the data are rows of name and value.

import type { Figure } from "../messages";

export const BALANCE_LIMIT = 16;

export interface Grid {
  kind: "table";
  columns: string[];
  rows: string[][];
}

export interface Level {
  number: number;
  name: string;
  asks: string[];
  here: boolean;
}

export interface CareerMap {
  kind: "career_map";
  /** The highest first. */
  levels: Level[];
  /** Between which two the person stands, the lower first. */
  between: [number, number] | null;
}

export interface Balance {
  kind: "balance";
  value: number;
  items: { text: string; points: number }[];
}

export interface PlanSteps {
  kind: "plan";
  steps: { title: string; date: string; status: string }[];
}

export type Shape = Grid | CareerMap | Balance | PlanSteps;
type Data = Record<string, unknown>;

/** Returns what is to be drawn: the figure's shape, then a table of all that it does not show. */
export function readFigure(figure: Figure): Shape[] {
  const reader = READERS[figure.kind];
  try {
    if (!reader) return [values({ figure: figure.kind, ...figure.data })];
    const rest = Object.entries(figure.data).filter(([key, value]) => !reader.known.includes(key) && !isEmpty(value));
    const shape = reader.read(figure.data);
    return rest.length ? [shape, values(Object.fromEntries(rest))] : [shape];
  } catch {
    return [values({ figure: figure.kind, ...figure.data })];
  }
}

/** Returns the number with its sign: "+2", "−1", "0". */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `\u2212${-points}` : "0";
}

const READERS: Record<string, { read: (data: Data) => Shape; known: string[] }> = {
  table: { read: table, known: ["columns", "rows"] },
  career_map: { read: careerMap, known: ["levels", "here", "between"] },
  balance: { read: balance, known: ["value", "items"] },
  plan: { read: plan, known: ["steps"] },
};

function table(data: Data): Grid {
  const columns = sequence(data["columns"] ?? []).map(show);
  const rows = sequence(data["rows"]).map((row) => sequence(row).map(show));
  const width = Math.max(columns.length, ...rows.map((row) => row.length));
  return { kind: "table", columns: columns.length ? pad(columns, width) : [], rows: rows.map((row) => pad(row, width)) };
}

function careerMap(data: Data): CareerMap {
  const between = typeof data["between"] === "number" ? [data["between"] - 1, data["between"]] : sequence(data["between"] ?? []);
  const levels = sequence(data["levels"]).map((value) => {
    const level = value as Data;
    const asks = level["asks"];
    return {
      number: number(level["number"]),
      name: show(level["name"]),
      asks: Array.isArray(asks) ? asks.map(show) : show(asks) ? [show(asks)] : [],
      here: data["here"] === level["number"],
    };
  });
  const [low, high] = between.map(number).sort((one, other) => one - other);
  levels.sort((one, other) => other.number - one.number);
  return { kind: "career_map", levels, between: low !== undefined && high !== undefined ? [low, high] : null };
}

function balance(data: Data): Balance {
  const value = number(data["value"]);
  if (Math.abs(value) > BALANCE_LIMIT) throw new TypeError("beyond the balance");
  const items = sequence(data["items"] ?? []).map((item) => {
    const { text, points } = item as Data;
    return { text: show(text), points: number(points) };
  });
  return { kind: "balance", value, items };
}

function plan(data: Data): PlanSteps {
  const steps = sequence(data["steps"]).map((value) => {
    const step = value as Data;
    return { title: show(step["title"]), date: show(step["date"]), status: show(step["status"]) };
  });
  return { kind: "plan", steps };
}

function values(data: Data): Grid {
  return { kind: "table", columns: [], rows: Object.entries(data).map(([key, value]) => [key.replaceAll("_", " "), show(value)]) };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length);
}

function sequence(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError("no list");
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new TypeError("no number");
  return value;
}

function pad(row: string[], width: number): string[] {
  return [...row, ...Array<string>(width - row.length).fill("")];
}

function show(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.map(show).join("; ");
  return JSON.stringify(value);
}
