// <pmo-coach>: puts the talk, the log and the panel together. What connecting adds, disconnecting removes.

import { Api } from "./api";
import { h } from "./dom";
import { describeFigure } from "./figures/figure";
import { dress, keepFocus } from "./frame";
import type { Item } from "./items";
import { LogView } from "./log-view";
import { plainText } from "./markdown";
import { BrowserMemory } from "./memory";
import type { CoachMessage, Said } from "./messages";
import { greetingView, launcherView, makePanel, typingView, type Panel } from "./panel";
import { languageOf, stringsFor, type Strings } from "./strings";
import { Talk } from "./talk";
import type { Status, TalkView } from "./talk-view";
import css from "./widget.css";

export const DEFAULT_PATH = "/webhooks/web";

export class PmoCoach extends HTMLElement implements TalkView {
  static readonly observedAttributes = ["title", "lang", "theme", "position"].flatMap((name) => [name, `data-${name}`]);

  #life: AbortController | null = null;
  #memory!: BrowserMemory;
  #api!: Api;
  #talk!: Talk;
  #strings!: Strings;
  #log!: LogView;
  #panel!: Panel;
  #root!: HTMLElement;
  #live!: HTMLElement;
  #launcher: ReturnType<typeof launcherView> | null = null;
  #isOpen = false;
  #unread = 0;
  #touched = false;

  connectedCallback(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    const base = this.#option("server", DEFAULT_PATH).replace(/\/+$/, "");
    this.#memory = new BrowserMemory(base);
    this.#api = new Api(base);
    this.#draw();
    this.#listen(this.#life.signal);
    this.#begin();
    if (this.#isPage || this.#memory.isOpen) this.#show(false);
    else if (this.#memory.unsent.length) void this.#talk.restore();
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = null;
    this.#talk.stop();
  }

  attributeChangedCallback(): void {
    if (!this.#life) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  /** Opens the chat and puts the focus into it. */
  open(): void {
    if (!this.#isOpen) this.#show(true);
  }

  /** Closes the chat; the conversation stays. */
  close(): void {
    if (!this.#isOpen || this.#isPage) return;
    this.#isOpen = this.#memory.isOpen = false;
    this.#panel.element.hidden = true;
    this.#launcher?.say(false);
    this.#root.classList.remove("open");
    this.#launcher?.element.focus();
    this.#tell("close", {});
  }

  /** Says something in the person's name. */
  send(text: string): void {
    if (text.trim()) this.#say({ text: text.trim() });
  }

  /** Begins a new conversation. */
  reset(): void {
    this.#memory.session = null;
    this.#restart();
    this.#panel.notice("");
    this.#announce(this.#strings.restarted);
  }

  add(items: Item[], live: boolean): void {
    this.#log.add(items);
    this.#root.classList.toggle("begun", this.#log.size > 0);
    for (const item of items) if (live && item.from === "coach") this.#heard(item.message);
  }

  change(item: Parameters<TalkView["change"]>[0]): void {
    this.#log.change(item);
    if (item.delivery === "failed") this.#announce(item.problem || this.#strings.notSent);
  }

  status(status: Status): void {
    this.#panel.writing(status === "thinking");
    const words = { offline: this.#strings.offline, busy: this.#strings.busy, idle: "", thinking: "" }[status];
    this.#panel.notice(words);
    if (words) this.#announce(words);
  }

  beginAnew(): void {
    this.#log.divide(this.#strings.anew);
  }

  trouble(text: string, order: number): void {
    const message: CoachMessage = { from: "coach", id: NaN, kind: "error", text, choices: [], sources: [], figure: null };
    this.add([{ from: "coach", order, message }], true);
  }

  #option(name: string, fallback = ""): string {
    return this.getAttribute(`data-${name}`) ?? this.getAttribute(name) ?? fallback;
  }

  get #isPage(): boolean {
    return this.#option("position") === "page";
  }

  #draw(): void {
    const language = this.#option("lang") || document.documentElement.lang || navigator.language;
    this.#strings = stringsFor(language);
    const title = this.#option("title") || this.#strings.title;
    const tail = typingView(this.#strings);
    const starters = this.#option("starters", this.#strings.starters).split("|").map((text) => text.trim()).filter(Boolean);
    const greeting = greetingView(this.#option("greeting") || this.#strings.greeting, starters, (text) => this.#say({ text }));
    this.#log = new LogView(this.#strings, {
      choose: ({ title: text, payload }) => this.#say({ text, payload }),
      retry: (item) => this.#talk.retry(item),
      rate: async (id, rating, comment) => {
        const kept = await this.#try((token) => this.#api.rate(token, id, rating, comment));
        this.#announce(kept ? this.#strings.thanks : this.#strings.failed);
        return kept;
      },
    }, greeting, tail);
    this.#panel = makePanel(this.#log.element, tail, title, this.#strings, !this.#isPage, {
      send: (text) => {
        this.#memory.draft = "";
        this.#say({ text });
      },
      typed: (text) => (this.#memory.draft = text),
      close: () => this.close(),
      restart: () => this.reset(),
      export: (format) => void this.#export(format),
      forget: () => this.#forget(),
    });
    this.#panel.element.hidden = true;
    this.#panel.input.value = this.#memory.draft;
    this.#live = h("div", { class: "unseen", "aria-live": "polite" });
    this.#launcher = this.#isPage ? null : launcherView(title, this.#strings, () => (this.#isOpen ? this.close() : this.open()));
    const position = this.#isPage ? "page" : this.#option("position") === "left" ? "left" : "right";
    this.#root = h("div", { class: `root ${position}`, lang: languageOf(language) }, this.#panel.element, this.#launcher?.element, this.#live);
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    shadow.replaceChildren(this.#root);
    this.#isOpen = false;
  }

  #listen(signal: AbortSignal): void {
    const full = this.#isPage ? null : this.#panel.element;
    dress(this.#root, full, () => this.#option("theme", "auto"), signal);
    this.#root.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    for (const touch of ["pointerdown", "keydown", "click"]) this.#root.addEventListener(touch, () => this.#onTouch(), { signal, capture: true });
    this.#memory.watch((what) => (what === "session" ? this.#onOtherSession() : void this.#talk.sync()), signal);
    addEventListener("online", () => void this.#talk.sync(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || void this.#talk.sync(), { signal });
  }

  #begin(): void {
    this.#talk = new Talk(this.#api, this.#memory, this);
  }

  #restart(): void {
    this.#talk.stop();
    this.#touched = true;
    this.#memory.unsent = [];
    this.#log.clear();
    this.#root.classList.remove("begun");
    this.#panel.writing(false);
    this.#begin();
  }

  #show(byPerson: boolean): void {
    this.#isOpen = true;
    if (!this.#isPage) this.#memory.isOpen = true;
    this.#panel.element.hidden = false;
    this.#root.classList.add("open");
    this.#unread = 0;
    this.#launcher?.say(true);
    void this.#talk.restore().then(() => this.#log.scrollToEnd());
    this.#log.scrollToEnd();
    if (byPerson) this.#panel.input.focus();
    this.#tell("open", {});
  }

  #say(said: Said): void {
    // Before the button that was clicked goes.
    if (this.#isOpen) this.#panel.input.focus({ preventScroll: true });
    this.#panel.notice("");
    this.#talk.say(said);
    this.#tell("message", { from: "person", text: said.text });
  }

  #heard(message: CoachMessage): void {
    const figure = message.figure ? ` ${describeFigure(message.figure, this.#strings)}` : "";
    this.#announce(plainText(message.text) + figure);
    if (!this.#isOpen) this.#count(this.#unread + 1);
    this.#tell("message", { from: "coach", id: message.id, kind: message.kind, text: message.text });
  }

  #announce(text: string): void {
    const line = h("p", {}, text);
    this.#live.append(line);
    setTimeout(() => line.remove(), 8_000);
  }

  #count(unread: number): void {
    this.#unread = unread;
    this.#launcher?.count(unread);
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`pmo-coach:${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Who touches the chat will say something: only then is a conversation opened on the server, and once. */
  #onTouch(): void {
    if (!this.#touched) this.#talk.prepare();
    this.#touched = true;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#isOpen) {
      event.stopPropagation();
      if (!this.#panel.dismiss()) this.close();
    }
    if (event.key === "Tab" && this.#root.classList.contains("full")) keepFocus(this.#panel.element, event);
  }

  #onOtherSession(): void {
    if (this.#talk.isBusy) return;
    this.#restart();
    if (this.#isOpen) void this.#talk.restore();
  }

  async #try(work: (token: string) => Promise<unknown>): Promise<boolean> {
    const token = this.#memory.session?.token;
    if (!token) return false;
    return work(token).then(() => true, () => false);
  }

  async #forget(): Promise<boolean> {
    const gone = !this.#memory.session || (await this.#try((token) => this.#api.erase(token)));
    if (gone) {
      this.#memory.session = null;
      this.#memory.draft = "";
      this.#panel.input.value = "";
      this.#restart();
      this.#announce(this.#strings.forgotten);
    }
    return gone;
  }

  async #export(format: string): Promise<void> {
    if (!this.#memory.session) return this.#panel.notice(this.#strings.nothingYet);
    const saved = await this.#try(async (token) => {
      const address = URL.createObjectURL(await this.#api.export(token, format));
      h("a", { href: address, download: `pmo-coach-plan.${format}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    });
    this.#panel.notice(saved ? "" : this.#strings.failed);
  }
}
