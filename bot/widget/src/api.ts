// The HTTP API of the web channel. A request ends with its answer, an ApiError (the server said no), or LostError
// (nobody knows whether the server heard).

import { asObject, asText, readHistory, readLine, type Line, type Message, type Said } from "./messages";

export interface Session {
  conversation: string;
  token: string;
}

/** A refusal: the status, the sentence for the person, and how long to wait (seconds), if the server said so. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly text: string,
    readonly retryAfter: number,
  ) {
    super(`the coach answered ${status}`);
  }
}

/** The connection broke: the request may have been heard or not. */
export class LostError extends Error {}

/** The conversation has ended, or never was. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** It may work the next time. */
export function isPassing(error: unknown): boolean {
  return error instanceof LostError || (error instanceof ApiError && (error.status >= 500 || error.status === 429));
}

/** Longer than a turn may take on the server. */
const SECONDS = 45;

export class Api {
  constructor(private readonly base: string) {}

  async openSession(): Promise<Session> {
    const value = asObject(await json(await this.#request("POST", "session")));
    return { conversation: asText(value["conversation"]), token: asText(value["token"]) };
  }

  /** Yields the lines of the answer as they arrive; the last is `done` or `error`, else LostError is thrown. */
  async *say(token: string, said: Said): AsyncGenerator<Line> {
    const body = said.payload === undefined ? { text: said.text } : { payload: said.payload };
    const answer = await this.#request("POST", "message", token, body);
    for await (const text of linesOf(answer)) {
      const line = understood(text);
      if (line) yield line;
      if (line && line.type !== "message") return;
    }
    throw new LostError("the answer broke off");
  }

  async history(token: string, after: number): Promise<Message[]> {
    return readHistory(await json(await this.#request("GET", `history?after=${after}`, token)));
  }

  async erase(token: string): Promise<void> {
    await this.#request("DELETE", "history", token);
  }

  async rate(token: string, message: number, rating: "up" | "down", comment: string): Promise<void> {
    await this.#request("POST", "feedback", token, { message, rating, ...(comment ? { comment } : {}) });
  }

  async export(token: string, format: string): Promise<Blob> {
    return (await this.#request("GET", `export?format=${format}`, token)).blob();
  }

  async #request(method: string, path: string, token?: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
    if (body !== undefined) headers["Content-Type"] = "application/json";
    // A browser repeats a request whose connection broke early: by its key, the server hears it once.
    if (path === "message") headers["Idempotency-Key"] = newKey();
    const options: RequestInit = { method, headers, credentials: "omit", signal: AbortSignal.timeout(SECONDS * 1000) };
    if (body !== undefined) options.body = JSON.stringify(body);
    const answer = await fetch(`${this.base}/${path}`, options).catch((cause: unknown) => {
      throw new LostError("no answer", { cause });
    });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }
}

function understood(text: string): Line | null {
  try {
    return readLine(text);
  } catch (cause) {
    throw new LostError("the answer is garbled", { cause });
  }
}

async function* linesOf(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  while (reader) {
    const { value, done } = await reader.read().catch((cause: unknown) => {
      throw new LostError("the answer broke off", { cause });
    });
    // A last line without its end may be cut: it is left to the history.
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line.trim());
  }
}

function newKey(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
}

async function json(answer: Response): Promise<unknown> {
  return answer.json().catch((cause: unknown) => {
    throw new LostError("the answer is no JSON", { cause });
  });
}

async function refusal(answer: Response): Promise<Error> {
  const error = asObject(asObject(await answer.json().catch(() => null))["error"]);
  return new ApiError(answer.status, asText(error["text"]), Number(answer.headers.get("Retry-After")) || 0);
}
