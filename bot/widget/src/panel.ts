// The panel: head with the menu, log, composer. It knows no server; what happens is told to its owner.

import { h, icon } from "./dom";
import { fill, type Strings } from "./strings";

export interface PanelActions {
  send(text: string): void;
  typed(text: string): void;
  close(): void;
  restart(): void;
  export(format: string): void;
  forget(): Promise<boolean>;
}

export interface Panel {
  element: HTMLElement;
  input: HTMLTextAreaElement;
  notice(text: string): void;
  writing(on: boolean): void;
  /** Closes the menu or the question that is open; false when there is none. */
  dismiss(): boolean;
}

const CLOSE = "M6 6l12 12M18 6L6 18";
const MORE = "M5 12h.01M12 12h.01M19 12h.01";
const SEND = "M12 19V5m-6 6l6-6 6 6";

/** Returns the mark of PMO Coach: four stairs and a person on them. */
export function mark(): SVGElement {
  const logo = icon("M4 20h4v-4h4v-4h4V8h4");
  logo.classList.add("mark");
  return logo;
}

/** Returns the panel around the log. `tail` is the place of the typing signs. */
export function makePanel(log: HTMLElement, tail: HTMLElement, title: string, strings: Strings, closable: boolean, actions: PanelActions): Panel {
  const notice = h("p", { class: "notice", part: "notice", hidden: true });
  const input = h("textarea", { rows: 1, "aria-label": strings.label, placeholder: strings.placeholder, autocomplete: "off", part: "input", enterkeyhint: "send" });
  const send = (event: Event): void => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    fit(input);
    actions.send(text);
  };
  const composer = h("form", { class: "composer", part: "composer", submit: send }, input, h("button", { type: "submit", class: "send", part: "send", "aria-label": strings.send, title: strings.send }, icon(SEND)));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  });
  input.addEventListener("input", () => {
    fit(input);
    actions.typed(input.value);
  });
  const menu = h("div", { class: "menu", id: "menu", part: "menu", hidden: true });
  const opener = h("button", { type: "button", class: "round", "aria-label": strings.menu, title: strings.menu, "aria-expanded": "false", "aria-controls": "menu" }, icon(MORE));
  const show = (open: boolean): void => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  opener.addEventListener("click", () => show(menu.hidden));
  const entry = (text: string, act: () => void, kind = ""): HTMLElement =>
    h("button", { type: "button", class: `entry ${kind}`, click: () => (show(false), act()) }, text);
  const head = h(
    "header",
    { class: "head", part: "header" },
    mark(),
    h("h2", {}, title),
    opener,
    closable && h("button", { type: "button", class: "round", "aria-label": strings.close, title: strings.close, click: () => actions.close() }, icon(CLOSE)),
    menu,
  );
  const body = h("div", { class: "body" }, head, log, notice, composer);
  const element = h("section", { class: "panel", part: "panel", "aria-label": title }, body);
  const asked = question(strings, body, opener, actions.forget, (text) => panel.notice(text));
  element.append(asked);
  menu.append(
    entry(strings.restart, () => {
      input.focus();
      actions.restart();
    }),
    h("p", { class: "label", id: "export" }, strings.exportTitle),
    ...(["ics", "md", "json"] as const).map((format) => {
      const names = { ics: strings.exportIcs, md: strings.exportMd, json: strings.exportJson };
      return entry(names[format], () => (opener.focus(), actions.export(format)), "inset");
    }),
    entry(strings.forget, () => {
      asked.hidden = false;
      body.inert = true;
      asked.querySelector<HTMLElement>(".keep")?.focus();
    }, "danger"),
  );
  const panel: Panel = {
    element,
    input,
    notice: (text) => {
      notice.textContent = text;
      notice.hidden = !text;
    },
    writing: (on) => tail.classList.toggle("on", on),
    dismiss: () => {
      if (!asked.hidden) asked.querySelector<HTMLElement>(".keep")?.click();
      else if (menu.hidden) return false;
      else {
        show(false);
        opener.focus();
      }
      return true;
    },
  };
  return panel;
}

/** Returns the dots that say that the coach writes. */
export function typingView(strings: Strings): HTMLElement {
  return h("div", { class: "typing", role: "img", "aria-label": strings.typing }, h("i"), h("i"), h("i"));
}

/** Returns the greeting with its starting questions. */
export function greetingView(text: string, starters: string[], ask: (text: string) => void): HTMLElement {
  const buttons = starters.map((words) => h("li", {}, h("button", { type: "button", class: "starter", part: "starter", click: () => ask(words) }, words)));
  return h("div", { class: "greeting", part: "greeting" }, h("p", { class: "bubble" }, text), h("ul", { class: "starters" }, ...buttons));
}

/** Returns the button that opens the chat. */
export function launcherView(title: string, strings: Strings, open: () => void): { element: HTMLElement; count(unread: number): void; say(open: boolean): void } {
  const badge = h("span", { class: "badge", part: "badge", hidden: true, "aria-hidden": "true" });
  const element = h("button", { type: "button", class: "launcher", part: "launcher", click: open }, mark(), badge);
  const count = (unread: number): void => {
    badge.textContent = String(unread);
    badge.hidden = !unread;
    const more = unread ? `, ${fill(strings.unread, { count: unread })}` : "";
    element.setAttribute("aria-label", fill(strings.open, { title }) + more);
  };
  const say = (open: boolean): void => {
    element.setAttribute("aria-expanded", String(open));
    count(0);
    if (open) element.setAttribute("aria-label", strings.close);
  };
  say(false);
  return { element, count, say };
}

function question(strings: Strings, body: HTMLElement, opener: HTMLElement, forget: () => Promise<boolean>, tell: (text: string) => void): HTMLElement {
  const close = (): void => {
    box.hidden = true;
    body.inert = false;
    opener.focus();
  };
  const sure = async (): Promise<void> => {
    const gone = await forget();
    close();
    tell(gone ? strings.forgotten : strings.failed);
  };
  const box = h(
    "div",
    { class: "question", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "sure", "aria-describedby": "what", hidden: true },
    h("div", { class: "sheet" },
      h("h2", { id: "sure" }, strings.forgetQuestion),
      h("p", { id: "what" }, strings.forgetText),
      h("button", { type: "button", class: "keep", click: close }, strings.forgetNo),
      h("button", { type: "button", class: "danger", click: () => void sure() }, strings.forgetYes)),
  );
  return box;
}

function fit(input: HTMLTextAreaElement): void {
  if (CSS.supports?.("field-sizing", "content")) return;
  input.rows = Math.min(5, input.value.split("\n").length + Math.floor(input.value.length / 40));
}
