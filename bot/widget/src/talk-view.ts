// What a talk needs of whoever shows it.

import type { Item, PersonItem } from "./items";

export type Status = "idle" | "thinking" | "offline" | "busy";

/** Who shows the talk. */
export interface TalkView {
  /** Shows new items; `live` ones came just now, others were said before the page was loaded. */
  add(items: Item[], live: boolean): void;
  /** Shows an item's new place and state. */
  change(item: PersonItem): void;
  status(status: Status): void;
  /** The conversation had ended; another begins, which knows nothing of it. */
  beginAnew(): void;
  /** The server failed in mid-turn and says so. */
  trouble(text: string, order: number): void;
}
