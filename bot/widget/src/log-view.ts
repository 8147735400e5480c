// The log: items in their order, the newest drawn first, so that a long history does not hold up the page.

import { h } from "./dom";
import { isPlaced, type CoachItem, type Item, type PersonItem } from "./items";
import { choicesView, coachView, personView, type MessageActions } from "./message-view";
import type { Strings } from "./strings";

const AT_ONCE = 16;
const PAUSE = 24;

export class LogView {
  readonly element: HTMLElement;
  readonly #list = h("ol", { class: "messages" });
  #items: Item[] = [];
  readonly #drawn = new Map<Item, HTMLElement>();
  #later: ReturnType<typeof setTimeout> | undefined;
  /** Is the end in sight? Asked of the layout when somebody scrolls, not when something is added: that would cost a layout. */
  #atEnd = true;
  #scrolls = false;

  constructor(
    private readonly strings: Strings,
    private readonly actions: MessageActions,
    greeting: HTMLElement,
    tail: HTMLElement,
  ) {
    this.element = h("div", { class: "log", part: "log", role: "log", "aria-live": "off", "aria-label": strings.log, tabindex: 0 }, greeting, this.#list, tail);
    this.element.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = this.element;
      this.#atEnd = scrollHeight - scrollTop - clientHeight < 80;
    });
  }

  get size(): number {
    return this.#items.length;
  }

  /** Shows new items in their places; the newest at once, the others little by little. */
  add(items: Item[]): void {
    for (const item of items) this.#insert(item);
    this.#spendChoices(items);
    this.#drawSome();
    const mine = items.some((item) => item.from === "person" && !isPlaced(item));
    if (this.#atEnd || mine) this.scrollToEnd();
  }

  /** Shows a changed item anew, at its place. */
  change(item: PersonItem): void {
    const old = this.#drawn.get(item);
    const index = this.#items.indexOf(item);
    if (index < 0) return;
    const [before, after] = [this.#items[index - 1], this.#items[index + 1]];
    if ((before && before.order > item.order) || (after && after.order < item.order)) {
      this.#items.splice(index, 1);
      this.#insert(item);
    }
    old?.remove();
    this.#drawn.delete(item);
    this.#draw(item);
  }

  /** Takes everything away. */
  clear(): void {
    clearTimeout(this.#later);
    this.#items = [];
    this.#drawn.clear();
    this.#list.replaceChildren();
  }

  /** Adds a line between what was and what comes. */
  divide(text: string): void {
    this.#items = [];
    this.#drawn.clear();
    for (const choice of this.#list.querySelectorAll("button.choice")) choice.setAttribute("disabled", "");
    this.#list.append(h("li", { class: "divider" }, text));
  }

  /** Shows the end with the next frame, and once more when what is new has its height. */
  scrollToEnd(): void {
    this.#atEnd = true;
    if (this.#scrolls) return;
    this.#scrolls = true;
    requestAnimationFrame(() => {
      this.#scrolls = false;
      this.#scroll();
      requestAnimationFrame(() => this.#scroll());
    });
  }

  /** Scrolls to the end, or to the last question where its answer is longer than the log: it is read from its beginning. */
  #scroll(): void {
    const { element } = this;
    const asked = [...this.#list.querySelectorAll(":scope > .person")].at(-1);
    const above = asked ? asked.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop - 12 : Infinity;
    element.scrollTo({ top: Math.min(above, element.scrollHeight), behavior: "instant" });
  }

  #insert(item: Item): void {
    let index = this.#items.length;
    while (index > 0 && (this.#items[index - 1]?.order ?? 0) > item.order) index--;
    this.#items.splice(index, 0, item);
  }

  #drawSome(): void {
    clearTimeout(this.#later);
    let left = AT_ONCE;
    for (let index = this.#items.length - 1; index >= 0 && left > 0; index--) {
      const item = this.#items[index];
      if (item && !this.#drawn.has(item)) {
        this.#draw(item);
        left--;
      }
    }
    if (this.#drawn.size < this.#items.length) this.#later = setTimeout(() => this.#drawSomeMore(), PAUSE);
  }

  /** Draws older items above what is seen, which stays where it is. */
  #drawSomeMore(): void {
    const fromEnd = this.element.scrollHeight - this.element.scrollTop;
    this.#drawSome();
    this.element.scrollTop = this.element.scrollHeight - fromEnd;
  }

  #draw(item: Item): void {
    const index = this.#items.indexOf(item);
    const view =
      item.from === "person"
        ? personView(item, this.strings, this.actions)
        : coachView(item, this.#saidAfter(index), this.strings, this.actions);
    this.#drawn.set(item, view);
    const next = this.#items.slice(index + 1).find((other) => this.#drawn.has(other));
    this.#list.insertBefore(view, (next && this.#drawn.get(next)) ?? null);
  }

  #saidAfter(index: number): PersonItem | undefined {
    return this.#items.slice(index + 1).find((item): item is PersonItem => item.from === "person");
  }

  /** Turns the choices before what the person says now into words. */
  #spendChoices(items: Item[]): void {
    for (const person of items) {
      if (person.from !== "person") continue;
      for (let index = this.#items.indexOf(person) - 1; this.#items[index]?.from === "coach"; index--) {
        const item = this.#items[index] as CoachItem;
        const choices = this.#drawn.get(item)?.querySelector(".choices");
        choices?.replaceWith(choicesView(item.message.choices, person, this.strings, this.actions));
      }
    }
  }
}
