// What the browser keeps: the conversation and its token for all tabs; for this tab alone what is not delivered yet.
// Where storage is forbidden (a sandboxed frame), it is kept while the page lives.

import type { Session } from "./api";
import { asList, asObject, asText, type Said } from "./messages";

/** Something said that the history does not show yet; `after` is the last message known when it was sent. */
export interface Unsent extends Said {
  after: number;
  /** When it was sent (ms since the epoch), 0 while it waits its turn. */
  sent: number;
}

export class BrowserMemory {
  readonly #name: string;
  readonly #inPage = new Map<string, string>();

  /** Keeps apart what belongs to coaches at different addresses. */
  constructor(base: string) {
    this.#name = `pmo-coach ${base}`;
  }

  get session(): Session | null {
    const value = this.#read("localStorage", "session");
    const session = { conversation: asText(value["conversation"]), token: asText(value["token"]) };
    return session.token ? session : null;
  }

  set session(session: Session | null) {
    this.#write("localStorage", "session", session);
  }

  /** Tells the other tabs that there is something new. */
  touch(last: number): void {
    this.#write("localStorage", "last", { last });
  }

  get unsent(): Unsent[] {
    return asList(this.#read("sessionStorage", "unsent")["said"]).map(asObject).map((value) => ({
      text: asText(value["text"]),
      payload: asText(value["payload"]) || undefined,
      after: Number(value["after"]) || 0,
      sent: Number(value["sent"]) || 0,
    }));
  }

  set unsent(said: Unsent[]) {
    this.#write("sessionStorage", "unsent", said.length ? { said } : null);
  }

  get draft(): string {
    return asText(this.#read("sessionStorage", "draft")["text"]);
  }

  set draft(text: string) {
    this.#write("sessionStorage", "draft", text ? { text } : null);
  }

  get isOpen(): boolean {
    return this.#read("sessionStorage", "open")["open"] === true;
  }

  set isOpen(open: boolean) {
    this.#write("sessionStorage", "open", open ? { open } : null);
  }

  /** Calls back when another tab changed the session ("session") or got a message ("last"). */
  watch(changed: (what: string) => void, signal: AbortSignal): void {
    const heard = ({ key }: StorageEvent): void => {
      if (key?.startsWith(`${this.#name} `)) changed(key.slice(this.#name.length + 1));
    };
    addEventListener("storage", heard, { signal });
  }

  #read(where: "localStorage" | "sessionStorage", key: string): Record<string, unknown> {
    try {
      return asObject(JSON.parse(this.#text(where, `${this.#name} ${key}`) ?? "null"));
    } catch {
      return {};
    }
  }

  #text(where: "localStorage" | "sessionStorage", key: string): string | null {
    try {
      return window[where].getItem(key) ?? this.#inPage.get(key) ?? null;
    } catch {
      return this.#inPage.get(key) ?? null;
    }
  }

  #write(where: "localStorage" | "sessionStorage", key: string, value: object | null): void {
    const name = `${this.#name} ${key}`;
    this.#inPage.delete(name);
    try {
      if (value) window[where].setItem(name, JSON.stringify(value));
      else window[where].removeItem(name);
    } catch {
      if (value) this.#inPage.set(name, JSON.stringify(value));
    }
  }
}
