// Where a link may lead: to the web or to a mail program, nowhere else.

import { h, type Child } from "./dom";

const SCHEMES = ["http:", "https:", "mailto:"];

/** Returns the address when it may be opened, else null. An address without a scheme may not. */
export function safeAddress(text: string): string | null {
  try {
    const url = new URL(text);
    return SCHEMES.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Returns a link around the children, or the children alone where the address may not be opened. */
export function link(address: string, ...children: Child[]): HTMLElement {
  const safe = safeAddress(address);
  if (!safe) return h("span", {}, ...children);
  return h("a", { href: safe, target: "_blank", rel: "noopener noreferrer", part: "link" }, ...children);
}
