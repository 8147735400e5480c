// One conversation: what is said goes out one at a time and in order, what is answered comes in once.
//
// A request whose answer was lost may have been heard. The server keeps a message together with its answer when the
// turn ends, so the history tells: the talk asks it until the message is there, or until a turn would long be over;
// then the person decides. Nothing is sent twice on a guess, and each message of the coach is known by its id.

import { ApiError, isGone, isPassing, LostError, type Api, type Session } from "./api";
import { beyond, isPlaced, personItem, type PersonItem } from "./items";
import { Places } from "./places";
import type { BrowserMemory } from "./memory";
import type { CoachMessage, Message, PersonMessage, Said } from "./messages";
import { isSame } from "./said";
import type { TalkView } from "./talk-view";

/** Longest time that a turn may take on the server, and some more (ms). */
export const TURN = 20_000;
const WAITS = [150, 350, 700, 1_000, 2_000, 3_000];
const MOST_TRIES = 4;

export class Talk {
  readonly #places: Places;
  readonly #sent = new WeakMap<PersonItem, { at: number; after: number }>();
  #queue: PersonItem[] = [];
  readonly #failed = new Set<PersonItem>();
  #restored: Promise<void> | null = null;
  #running: Promise<void> | null = null;
  #early: Promise<Session | null> | null = null;
  #stopped = false;

  constructor(
    private readonly api: Api,
    private readonly memory: BrowserMemory,
    private readonly view: TalkView,
    private readonly sleep: (ms: number) => Promise<void> = pause,
  ) {
    this.#places = new Places((item) => view.change(item));
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Shows what the history has, and sends what was not delivered when the page went away; does it once. */
  restore(): Promise<void> {
    return (this.#restored ??= this.#restore());
  }

  /** Opens a conversation where there is none, so that the first thing said need not wait for it. */
  prepare(): void {
    if (!this.memory.session) this.#early ??= this.api.openSession().catch(() => null);
  }

  /** Says something: shows it at once, and sends it when all before it is answered. */
  say(said: Said): void {
    void this.restore();
    const item = personItem(said, "waiting");
    this.view.add([item], true);
    this.#enqueue(item);
  }

  /** Tries once more to say what failed. */
  retry(item: PersonItem): void {
    Object.assign(item, { delivery: "waiting", problem: "", retry: false, order: beyond() });
    this.#failed.delete(item);
    this.view.change(item);
    this.#enqueue(item);
  }

  /** Fetches what came by another tab, or while nobody listened. */
  async sync(): Promise<void> {
    if (this.#running || !this.memory.session || !this.#restored) return;
    await this.#restored;
    await this.#fetch().catch(() => undefined);
  }

  /** Says and shows nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#queue = [];
  }

  async #restore(): Promise<void> {
    const unsent = this.memory.unsent.map(({ text, payload, sent, after }) => {
      const item = personItem({ text, payload }, sent ? "sent" : "waiting");
      if (sent) this.#sent.set(item, { at: sent, after });
      return item;
    });
    this.#queue.unshift(...unsent);
    const history = await this.#history();
    const isNew = unsent.filter((item) => !this.#take(item, history));
    this.#queue = this.#queue.filter((item) => !unsent.includes(item) || isNew.includes(item));
    if (isNew.length) this.view.add(isNew, false);
    this.#remember();
    if (this.#queue.length) void this.#run();
  }

  async #history(): Promise<Message[]> {
    if (!this.memory.session) return [];
    try {
      return await this.#persist(() => this.#fetch());
    } catch (error) {
      if (!isGone(error)) return [];
      this.#forgetSession();
      for (const item of this.#queue) this.#inWords(item);
      return [];
    }
  }

  /** Tells whether the history has what was sent before the page was loaded anew; takes it out, for it counts once. */
  #take(item: PersonItem, history: Message[]): boolean {
    const sent = this.#sent.get(item);
    const isIt = (message: Message): message is PersonMessage =>
      message.from === "person" && message.id > (sent?.after ?? Infinity) && isSame(item.said, message);
    const place = history.findIndex(isIt);
    if (place >= 0) history.splice(place, 1);
    return place >= 0;
  }

  #enqueue(item: PersonItem): void {
    this.#queue.push(item);
    this.#remember();
    void this.#run();
  }

  #run(): Promise<void> {
    return (this.#running ??= this.#sendAll().finally(() => {
      this.#running = null;
      if (this.#stopped) return;
      this.view.status("idle");
      if (this.#queue.length) void this.#run();
    }));
  }

  async #sendAll(): Promise<void> {
    await this.restore();
    for (let item = this.#queue[0]; item && !this.#stopped; item = this.#queue[0]) {
      this.view.status("thinking");
      await this.#deliver(item);
      this.#queue = this.#queue.filter((other) => other !== item);
      this.#remember();
    }
  }

  async #deliver(item: PersonItem): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && !this.#stopped; tries++) {
      try {
        return await (item.delivery === "sent" ? this.#recover(item) : this.#send(item));
      } catch (error) {
        if (!(await this.#mayTryAgain(error, item))) return;
      }
    }
    this.#fail(item, "", true);
  }

  async #send(item: PersonItem): Promise<void> {
    if (this.#sent.has(item) && (await this.#wasHeard(item))) return this.#delivered(item);
    const session = (this.memory.session ??= await this.#opened());
    if (this.#stopped) return;
    this.#sent.set(item, { at: Date.now(), after: this.#places.last });
    item.delivery = "sent";
    this.#places.expect(item);
    this.#remember();
    for await (const line of this.api.say(session.token, item.said)) {
      if (this.#stopped) return;
      if (line.type === "message") this.#hear(line.message, item);
      if (line.type === "error") this.#trouble(line.text, item);
    }
    this.#delivered(item);
    this.memory.touch(this.#places.last);
  }

  async #opened(): Promise<Session> {
    const early = await this.#early;
    this.#early = null;
    return early ?? this.#persist(() => this.api.openSession());
  }

  /** Decides after an error: true to try again, false when it is settled. */
  async #mayTryAgain(error: unknown, item: PersonItem): Promise<boolean> {
    if (error instanceof LostError) return true;
    if (isGone(error)) return this.#beginAnew(item);
    const { status, text, retryAfter } = error instanceof ApiError ? error : new ApiError(500, "", 0);
    if (status === 502 || status === 504) return true; // a proxy's word says nothing of the server
    if (status < 500) this.#sent.delete(item); // it was refused unheard
    item.delivery = "waiting";
    if (status === 429) return this.#waitOut(retryAfter);
    this.#fail(item, text, status >= 500);
    return false;
  }

  async #waitOut(seconds: number): Promise<true> {
    this.view.status("busy");
    await this.sleep(Math.min(60, Math.max(1, seconds)) * 1_000);
    this.view.status("thinking");
    return true;
  }

  #beginAnew(item: PersonItem): true {
    this.#forgetSession();
    for (const other of this.#queue) this.#inWords(other);
    this.#inWords(item);
    this.view.beginAnew();
    return true;
  }

  #forgetSession(): void {
    this.memory.session = null;
    this.#places.clear();
  }

  /** Has the item said as if for the first time; a new conversation knows no choice of the old one. */
  #inWords(item: PersonItem): void {
    Object.assign(item, { said: { text: item.said.text }, delivery: "waiting" });
    this.#sent.delete(item);
  }

  /** Asks the history whether the item was heard, until it was or surely was not. */
  async #recover(item: PersonItem): Promise<void> {
    for (let round = 0; !this.#stopped; round++) {
      await this.sleep(WAITS[Math.min(round, WAITS.length - 1)] ?? 0);
      if (await this.#wasHeard(item)) return this.#delivered(item);
      if (Date.now() - (this.#sent.get(item)?.at ?? 0) > TURN) return this.#fail(item, "", true);
    }
  }

  async #wasHeard(item: PersonItem): Promise<boolean> {
    this.#places.expect(item);
    await this.#persist(() => this.#fetch());
    return isPlaced(item);
  }

  /** Repeats what fails for want of a connection, until there is one. */
  async #persist<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let round = 1; ; round++) {
      try {
        const result = await work();
        if (round > 1) this.view.status(this.#running ? "thinking" : "idle");
        return result;
      } catch (error) {
        if (this.#stopped || !isPassing(error)) throw error;
        this.view.status("offline");
        await this.sleep(WAITS[Math.min(round, WAITS.length - 1)] ?? 0);
      }
    }
  }

  /** Shows what the history has after what is known, and returns it. */
  async #fetch(): Promise<Message[]> {
    const session = this.memory.session;
    if (!session) throw new ApiError(401, "", 0);
    const live = this.#places.last > 0;
    const messages = await this.api.history(session.token, this.#places.synced);
    if (this.#stopped || this.memory.session?.token !== session.token) return [];
    const items = this.#places.catchUp(messages);
    if (items.length) this.view.add(items, live);
    return messages;
  }

  #hear(message: CoachMessage, to: PersonItem): void {
    if (this.#places.has(message)) return;
    // The item's own id is before this one; the history will tell it.
    if (!isPlaced(to)) to.order = message.id - 0.5;
    this.#delivered(to);
    this.view.add(this.#places.place(message), true);
  }

  #trouble(text: string, item: PersonItem): void {
    if (!isPlaced(item)) item.order = this.#places.next();
    this.#delivered(item);
    this.view.trouble(text, this.#places.next());
  }

  #delivered(item: PersonItem): void {
    item.delivery = "delivered";
    this.view.change(item);
  }

  #fail(item: PersonItem, problem: string, retry: boolean): void {
    this.#places.drop(item);
    Object.assign(item, { delivery: "failed", problem, retry, order: this.#places.next() });
    if (retry) this.#failed.add(item);
    if (!this.#stopped) this.view.change(item);
  }

  #remember(): void {
    if (this.#stopped) return;
    this.memory.unsent = [...this.#failed, ...this.#queue].map((item) => {
      const sent = this.#sent.get(item);
      return { ...item.said, sent: sent?.at ?? 0, after: sent?.after ?? 0 };
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
