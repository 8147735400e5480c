// Registers the element, and puts one on the page for the script tag that loads this, with the tag's data-*.

import { DEFAULT_PATH, PmoCoach } from "./element";

const NAME = "pmo-coach";
const script = document.currentScript as HTMLScriptElement | null;

function place(): void {
  const server = script?.src.replace(/\/widget(\.[\w-]+)?\.js([?#].*)?$/, "") ?? DEFAULT_PATH;
  const present = document.querySelectorAll(NAME);
  for (const element of present) if (!element.matches("[server], [data-server]")) element.setAttribute("data-server", server);
  if (!customElements.get(NAME)) customElements.define(NAME, PmoCoach);
  if (present.length || !script || script.dataset["auto"] === "off") return;
  const element = document.createElement(NAME);
  element.setAttribute("data-server", server);
  for (const [name, value] of Object.entries(script.dataset)) element.dataset[name] = value ?? "";
  document.body.append(element);
}

if (document.body) place();
else addEventListener("DOMContentLoaded", place, { once: true });
