// Where each message stands in the talk: by its id in the history, once the history has told it.

import { personItem, type Item, type PersonItem } from "./items";
import type { Message } from "./messages";
import { isSame } from "./said";

export class Places {
  /** The coach's and other tabs' messages that are shown. */
  readonly #seen = new Set<number>();
  /** What was sent from here and has no id of the history yet, in order. */
  readonly #unplaced: PersonItem[] = [];
  #synced = 0;
  #last = 0;
  #ticks = 0;

  /** `changed` is told of an item that got its place. */
  constructor(private readonly changed: (item: PersonItem) => void) {}

  /** All messages up to this id are shown. */
  get synced(): number {
    return this.#synced;
  }

  /** The highest id that is shown. */
  get last(): number {
    return this.#last;
  }

  has(message: Message): boolean {
    return this.#seen.has(message.id);
  }

  /** A place after all that is known, and before all that will come. */
  next(): number {
    return this.#last + 0.1 + (this.#ticks += 1e-5);
  }

  /** The history will tell the item's place. */
  expect(item: PersonItem): void {
    if (!this.#unplaced.includes(item)) this.#unplaced.push(item);
  }

  /** The history will not tell it any more. */
  drop(item: PersonItem): void {
    const place = this.#unplaced.indexOf(item);
    if (place >= 0) this.#unplaced.splice(place, 1);
  }

  /** Returns the items to be shown for what the history has after `synced`. */
  catchUp(messages: Message[]): Item[] {
    const items = messages.flatMap((message) => this.place(message));
    for (const { id } of messages) this.#synced = Math.max(this.#synced, id);
    return items;
  }

  /** Returns the item to be shown for a message: none when it is shown already. */
  place(message: Message): Item[] {
    this.#last = Math.max(this.#last, message.id);
    if (this.has(message)) return [];
    this.#seen.add(message.id);
    if (message.from === "coach") return [{ from: "coach", order: message.id, message }];
    const mine = this.#unplaced.find((item) => isSame(item.said, message));
    if (!mine) {
      const said = { text: message.text, payload: message.payload ?? undefined };
      return [personItem(said, "delivered", message.id)];
    }
    this.drop(mine);
    mine.order = message.id;
    this.changed(mine);
    return [];
  }

  /** Another conversation begins, whose ids are its own. */
  clear(): void {
    this.#seen.clear();
    this.#unplaced.length = 0;
    this.#synced = this.#last = 0;
  }
}
