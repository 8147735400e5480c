// How the chat sits in its page: light or dark, a dialog or the whole of a narrow screen.

const NARROW = "(max-width: 480px), (max-height: 420px)";

/** Dresses the root, and makes the panel, if it is to be a dialog, modal where it fills the screen; again at each change. */
export function dress(root: HTMLElement, panel: HTMLElement | null, theme: () => string, signal: AbortSignal): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia(NARROW);
  const all = (): void => {
    root.classList.toggle("dark", theme() === "dark" || (theme() !== "light" && dark.matches));
    if (panel) setModal(root, panel, narrow.matches);
  };
  dark.addEventListener("change", all, { signal });
  narrow.addEventListener("change", all, { signal });
  all();
}

function setModal(root: HTMLElement, panel: HTMLElement, modal: boolean): void {
  panel.setAttribute("role", "dialog");
  if (modal) panel.setAttribute("aria-modal", "true");
  else panel.removeAttribute("aria-modal");
  root.classList.toggle("full", modal);
}

/** Keeps the focus inside the panel, at a press of Tab, while it fills the screen. */
export function keepFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const all = panel.querySelectorAll<HTMLElement>("button, textarea, input, a, summary, [tabindex]");
  const seen = [...all].filter((element) => element.checkVisibility?.() !== false && !element.closest("[inert]"));
  const end = event.shiftKey ? seen[0] : seen.at(-1);
  if ((panel.getRootNode() as ShadowRoot).activeElement !== end) return;
  event.preventDefault();
  (event.shiftKey ? seen.at(-1) : seen[0])?.focus();
}
