// What the pictures share: a sheet of a fixed width that scales, and text broken into lines, which SVG cannot do.

import { s } from "../dom";

export const WIDTH = 320;
/** Size of a strong text for breaking it: its letters are wider than those of 13.5 pixels that are not. */
export const STRONG = 16.5;

/** Returns the sheet; its title and description are what a screen reader says of the picture. */
export function sheet(height: number, title: string, description: string, ...shapes: SVGElement[]): SVGElement {
  return s(
    "svg",
    { class: "drawing", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": `${title}. ${description}` },
    s("g", { "aria-hidden": "true" }, ...shapes),
  );
}

/** Breaks a text into lines of at most so many pixels; beyond `most` lines it ends in an ellipsis. */
export function lines(text: string, width: number, size: number, most = 3): string[] {
  const room = Math.floor(width / (size * 0.53));
  const made: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = made.at(-1);
    const piece = word.length > room ? `${word.slice(0, room - 1)}\u2026` : word;
    if (line !== undefined && line.length + 1 + piece.length <= room) made[made.length - 1] = `${line} ${piece}`;
    else made.push(piece);
  }
  if (made.length <= most) return made;
  return [...made.slice(0, most - 1), `${(made[most - 1] ?? "").slice(0, room - 1)}\u2026`];
}

/** Returns the lines as SVG text, the first with its base line at y. */
export function textBlock(texts: string[], x: number, y: number, leading: number, kind: string, anchor = "start"): SVGElement {
  const spans = texts.map((text, line) => s("tspan", { x, y: y + line * leading }, text));
  return s("text", { class: kind, "text-anchor": anchor }, ...spans);
}
