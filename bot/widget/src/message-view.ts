// One item of the log as elements.

import { h, icon } from "./dom";
import { drawFigure } from "./figures/figure";
import type { CoachItem, PersonItem } from "./items";
import { link, safeAddress } from "./links";
import { markdown } from "./markdown";
import type { Choice, Source } from "./messages";
import type { Strings } from "./strings";

export interface MessageActions {
  choose(choice: Choice): void;
  retry(item: PersonItem): void;
  rate(message: number, rating: "up" | "down", comment: string): Promise<boolean>;
}

const UP = "M7 11v9H4v-9h3Zm3 9h7.2a2 2 0 0 0 2-1.6l1.2-6A2 2 0 0 0 18.5 10H14V5.5A1.5 1.5 0 0 0 12.5 4L9 11v8a1 1 0 0 0 1 1Z";
const DOWN = "M7 13V4H4v9h3Zm3-9h7.2a2 2 0 0 1 2 1.6l1.2 6A2 2 0 0 1 18.5 14H14v4.500a1.5 1.5 0 0 1-1.5 1.5L9 13V5a1 1 0 0 1 1-1Z";
const UNRATED = ["ask", "smalltalk", "error"];

/** Returns what the person said, and whether it was delivered. */
export function personView(item: PersonItem, strings: Strings, actions: MessageActions): HTMLElement {
  const failed = item.delivery === "failed";
  return h(
    "li",
    { class: `person ${item.delivery}`, part: "message person" },
    h("span", { class: "unseen" }, `${strings.you}: `),
    h("div", { class: "bubble", part: "bubble-person" }, item.said.text),
    failed && h("p", { class: "problem" }, item.problem || strings.notSent),
    failed && item.retry && h("button", { type: "button", class: "quiet", click: () => actions.retry(item) }, strings.retry),
  );
}

/** Returns what the coach said, with all that belongs to it; `next` is what the person said then, if anything. */
export function coachView(
  item: CoachItem,
  next: PersonItem | undefined,
  strings: Strings,
  actions: MessageActions,
): HTMLElement {
  const { message } = item;
  const text = h("div", { class: "text" });
  text.append(markdown(message.text));
  // A comparison has its table in its words too, for channels that draw none.
  const figure = message.figure?.kind === "table" && text.querySelector("table") ? null : message.figure;
  return h(
    "li",
    { class: `coach ${message.kind}`, part: "message coach" },
    h("span", { class: "unseen" }, `${strings.coach}: `),
    h("div", { class: "bubble", part: "bubble-coach" }, text, ...(figure ? drawFigure(figure, strings) : [])),
    footView(item, strings, actions),
    message.choices.length > 0 && choicesView(message.choices, next, strings, actions),
  );
}

/** Returns the choices: buttons at first, then words, with the chosen one named. */
export function choicesView(
  choices: Choice[],
  next: PersonItem | undefined,
  strings: Strings,
  actions: MessageActions,
): HTMLElement {
  const items = choices.map((choice) => {
    if (!next) return h("li", {}, h("button", { type: "button", class: "choice", part: "choice", click: () => actions.choose(choice) }, choice.title));
    const { payload, text } = next.said;
    const chosen = payload ? payload === choice.payload : text === choice.title;
    const mark = chosen && [icon("M5 12.500l4.500 4.500L19 7.500"), h("span", { class: "unseen" }, `${strings.chosen}: `)];
    return h("li", {}, h("span", { class: chosen ? "choice spent chosen" : "choice spent" }, ...(mark || []), choice.title));
  });
  return h("ul", { class: "choices", "aria-label": strings.choices }, ...items);
}

function footView(item: CoachItem, strings: Strings, actions: MessageActions): HTMLElement | null {
  const { sources, kind, id } = item.message;
  const rated = !UNRATED.includes(kind) && Number.isFinite(id);
  if (!sources.length && !rated) return null;
  return h("div", { class: "foot" }, sources.length > 0 && sourcesView(sources, strings), rated && ratingView(id, strings, actions));
}

function sourcesView(sources: Source[], strings: Strings): HTMLElement {
  const items = sources.map(({ title, url, year }) => {
    const words = year ? `${title} (${year})` : title;
    if (!url || !safeAddress(url)) return h("li", {}, words);
    return h("li", {}, link(url, words, h("span", { class: "unseen" }, ` (${strings.opens})`)));
  });
  const list = h(items.length > 1 ? "ol" : "ul", {}, ...items);
  return h("details", { class: "sources", part: "sources" }, h("summary", {}, `${strings.sources} (${sources.length})`), list);
}

function ratingView(id: number, strings: Strings, actions: MessageActions): HTMLElement {
  const box = h("div", { class: "rating" });
  const note = h("span", { class: "note" });
  const rate = async (rating: "up" | "down", comment = ""): Promise<void> => {
    for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === rating));
    const kept = await actions.rate(id, rating, comment);
    note.textContent = kept ? strings.thanks : strings.failed;
    form?.remove();
    form = kept && rating === "down" && !comment ? commentForm(strings, (words) => void rate("down", words)) : null;
    if (form) box.after(form);
  };
  let form: HTMLElement | null = null;
  const button = (name: "up" | "down", label: string, path: string): HTMLElement =>
    h("button", { type: "button", class: "thumb", "aria-label": label, title: label, "aria-pressed": "false", click: () => void rate(name) }, icon(path));
  const buttons = { up: button("up", strings.helpful, UP), down: button("down", strings.unhelpful, DOWN) };
  box.append(note, buttons.up, buttons.down);
  return box;
}

function commentForm(strings: Strings, send: (words: string) => void): HTMLElement {
  const input = h("input", { type: "text", "aria-label": strings.comment, placeholder: strings.comment, maxlength: 1000 });
  const sent = (event: Event): void => {
    event.preventDefault();
    if (input.value.trim()) send(input.value.trim());
  };
  return h("form", { class: "comment", submit: sent }, input, h("button", { type: "submit", class: "quiet" }, strings.sendComment));
}
