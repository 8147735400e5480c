// Makes elements out of names, attributes and children. Text enters as text nodes and in no other way.

export type Child = Node | string | null | false | undefined;
export type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an HTML element; a function listens to the event of that name, true is an empty attribute. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  return fit(document.createElement(name), attributes, children);
}

/** Makes an SVG element. */
export function s(name: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fit(document.createElementNS(SVG, name) as SVGElement, attributes, children);
}

/** Makes an icon of 24 x 24 from the path's data; it says nothing to a screen reader. */
export function icon(data: string): SVGElement {
  return s("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: data }));
}

function fit<Made extends Element>(element: Made, attributes: Attributes, children: Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}
