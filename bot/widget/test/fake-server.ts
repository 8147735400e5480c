// A coach made of paper behind fetch: it keeps a conversation as the server does, and fails when it is told to.

export type Mishap = "none" | "before" | "after" | "cut";

interface Kept {
  id: number;
  from: "person" | "coach";
  text: string;
  [more: string]: unknown;
}

export class FakeServer {
  readonly history: Kept[] = [];
  readonly asked: string[] = [];
  mishaps: Mishap[] = [];
  refusals: { status: number; after?: string }[] = [];
  token = "t1";
  sessions = 0;
  down = false;

  install(): void {
    globalThis.fetch = ((address: string, options: RequestInit) => this.#answer(String(address), options)) as typeof fetch;
  }

  get said(): string[] {
    return this.history.filter(({ from }) => from === "person").map(({ text }) => text);
  }

  async #answer(address: string, options: RequestInit): Promise<Response> {
    const path = address.replace(/^.*\/web\//, "");
    this.asked.push(`${options.method} ${path}`);
    if (this.down) throw new TypeError("Failed to fetch");
    if (path === "session") return this.#json({ conversation: "c", token: (this.token = `t${++this.sessions}`) }, 201);
    if ((options.headers as Record<string, string>)["Authorization"] !== `Bearer ${this.token}`) return this.#refuse(401);
    if (path.startsWith("history")) return this.#json({ v: 1, messages: this.history.filter(({ id }) => id > Number(path.split("=")[1])) });
    return this.#message(JSON.parse(String(options.body)) as { text?: string; payload?: string });
  }

  async #message(body: { text?: string; payload?: string }): Promise<Response> {
    const refusal = this.refusals.shift();
    if (refusal) return this.#refuse(refusal.status, refusal.after);
    const mishap = this.mishaps.shift() ?? "none";
    if (mishap === "before") throw new TypeError("Failed to fetch");
    const last = this.history.at(-1)?.id ?? 0;
    const text = body.text ?? "";
    this.history.push({ id: last + 3, from: "person", text, ...(body.payload ? { payload: body.payload } : {}) });
    const answers = [1, 2].map((part) => ({ id: last + 3 + part, from: "coach" as const, kind: "answer", text: `${part} to ${text}`, choices: [{ title: "Yes", payload: "/yes" }] }));
    this.history.push(...answers);
    if (mishap === "after") throw new TypeError("Failed to fetch");
    const lines = [...answers.map((answer) => ({ type: "message", ...answer })), { type: "done", understood: true }];
    const whole = lines.map((line) => JSON.stringify(line) + "\n").join("");
    return new Response(mishap === "cut" ? whole.slice(0, whole.indexOf("\n") + 20) : whole, { status: 200 });
  }

  #json(value: unknown, status = 200): Response {
    return new Response(JSON.stringify(value), { status });
  }

  #refuse(status: number, after?: string): Response {
    return new Response(JSON.stringify({ error: { code: "x", text: `refused with ${status}` } }), { status, headers: after ? { "Retry-After": after } : {} });
  }
}
