// The coach's small Markdown as DOM nodes. marked only cuts the text into tokens; each kind of token that is allowed
// becomes an element, HTML and everything else stays the text that it is.

import { lexer, type Token, type Tokens } from "marked";
import { h } from "./dom";
import { link } from "./links";

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/** What makes a line run the other way, and so may make it read as another. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

/** Returns the text's blocks. */
export function markdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...nodesOf(lexer(text)));
  return fragment;
}

/** Returns the text as it is read aloud: without marks. */
export function plainText(text: string): string {
  const holder = h("div");
  holder.append(markdown(text));
  for (const block of holder.querySelectorAll("p, li, h3, tr, pre, blockquote")) block.append("\n");
  for (const cell of holder.querySelectorAll("td, th")) cell.append(" ");
  return (holder.textContent ?? "").replace(/[ \t]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
}

function nodesOf(tokens: Token[] | undefined): Node[] {
  return (tokens ?? []).flatMap(nodeOf);
}

function nodeOf(token: Token): Node[] {
  const make = MAKERS[token.type];
  if (make) return make(token);
  return [document.createTextNode(token.raw)];
}

function wrap(name: keyof HTMLElementTagNameMap): (token: Token) => Node[] {
  return (token) => [h(name, {}, ...nodesOf((token as Tokens.Generic).tokens))];
}

const MAKERS: Record<string, (token: Token) => Node[]> = {
  space: () => [],
  def: () => [],
  hr: () => [h("hr")],
  br: () => [h("br")],
  paragraph: wrap("p"),
  heading: wrap("h3"),
  blockquote: wrap("blockquote"),
  strong: wrap("strong"),
  em: wrap("em"),
  del: wrap("del"),
  text: (token) => textOf(token as Tokens.Text),
  escape: (token) => [document.createTextNode((token as Tokens.Escape).text)],
  codespan: (token) => [h("code", {}, (token as Tokens.Codespan).text)],
  code: (token) => [h("pre", { tabindex: 0 }, h("code", {}, (token as Tokens.Code).text))],
  link: (token) => [link((token as Tokens.Link).href, ...nodesOf((token as Tokens.Link).tokens))],
  image: (token) => [document.createTextNode((token as Tokens.Image).text)],
  list: (token) => [listOf(token as Tokens.List)],
  table: (token) => [tableOf(token as Tokens.Table)],
};

function textOf(token: Tokens.Text): Node[] {
  return token.tokens ? nodesOf(token.tokens) : [document.createTextNode(decoded(token.text))];
}

function listOf(list: Tokens.List): HTMLElement {
  const items = list.items.map((item) => h("li", {}, ...nodesOf(item.tokens)));
  const start = Number(list.start) || 1;
  return list.ordered ? h("ol", start > 1 ? { start } : {}, ...items) : h("ul", {}, ...items);
}

function tableOf(table: Tokens.Table): HTMLElement {
  const title = (cell: Tokens.TableCell): HTMLElement =>
    cell.text ? h("th", { scope: "col" }, ...nodesOf(cell.tokens)) : h("td");
  const head = h("tr", {}, ...table.header.map(title));
  const rows = table.rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, ...nodesOf(cell.tokens)))));
  return h("div", { class: "scroll", tabindex: 0 }, h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows)));
}

/** Replaces what stands for a character; the result is a text node's, so it can be no markup. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return code > 31 && code < 0x110000 && !TURNING.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : whole;
  });
}
