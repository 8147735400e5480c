// What comes over the wire, read leniently: a field that is missing or of another type counts as empty.

export interface Choice {
  title: string;
  payload: string;
}

export interface Source {
  id: string;
  title: string;
  url: string | null;
  year: number | null;
}

export interface Figure {
  kind: string;
  data: Record<string, unknown>;
}

export interface CoachMessage {
  from: "coach";
  id: number;
  kind: string;
  text: string;
  choices: Choice[];
  sources: Source[];
  figure: Figure | null;
}

export interface PersonMessage {
  from: "person";
  id: number;
  text: string;
  payload: string | null;
}

export type Message = CoachMessage | PersonMessage;

/** What a person says: words that were typed, or a choice that was picked. */
export interface Said {
  text: string;
  payload?: string | undefined;
}

export type Line = { type: "message"; message: CoachMessage } | { type: "done" } | { type: "error"; text: string };

type Json = Record<string, unknown>;

/** Returns a line of an answer, null for one that is not understood. */
export function readLine(line: string): Line | null {
  const value = asObject(JSON.parse(line));
  if (value["type"] === "message") return { type: "message", message: coachMessage(value) };
  if (value["type"] === "error") return { type: "error", text: asText(value["text"]) };
  return value["type"] === "done" ? { type: "done" } : null;
}

/** Returns the messages of a history, in order. */
export function readHistory(value: unknown): Message[] {
  return asList(asObject(value)["messages"]).map(asObject).map(historyMessage);
}

export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function historyMessage(value: Json): Message {
  if (value["from"] !== "person") return coachMessage(value);
  const said = asText(value["title"]) || asText(value["text"]);
  return { from: "person", id: Number(value["id"]), text: said, payload: asText(value["payload"]) || null };
}

function coachMessage(value: Json): CoachMessage {
  const figure = asObject(value["figure"]);
  return {
    from: "coach",
    id: Number(value["id"]),
    kind: asText(value["kind"]) || "answer",
    text: asText(value["text"]),
    choices: asList(value["choices"]).map(asObject).map(readChoice).filter(({ payload }) => payload),
    sources: asList(value["sources"]).map(asObject).map(readSource).filter(({ title }) => title),
    figure: figure["kind"] ? { kind: asText(figure["kind"]), data: asObject(figure["data"]) } : null,
  };
}

function readChoice(value: Json): Choice {
  const payload = asText(value["payload"]);
  return { title: asText(value["title"]) || payload, payload };
}

function readSource(value: Json): Source {
  const id = asText(value["id"]);
  const year = value["year"];
  return {
    id,
    title: asText(value["title"]) || id,
    url: asText(value["url"]) || null,
    year: typeof year === "number" ? year : null,
  };
}
