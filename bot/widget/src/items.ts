// What stands in the log, on either side. `order` is the place: an id of the history, or beyond all of them for
// what is not delivered yet.

import type { CoachMessage, Said } from "./messages";

export type Delivery = "waiting" | "sent" | "delivered" | "failed";

export interface PersonItem {
  from: "person";
  order: number;
  said: Said;
  delivery: Delivery;
  /** Why it failed, in a sentence for the person. */
  problem: string;
  retry: boolean;
}

export interface CoachItem {
  from: "coach";
  order: number;
  message: CoachMessage;
}

export type Item = PersonItem | CoachItem;

const BEYOND = 2 ** 52;
let count = 0;

/** A place after all that has one, for what is not delivered yet. */
export function beyond(): number {
  return BEYOND + count++;
}

export function personItem(said: Said, delivery: Delivery, order = beyond()): PersonItem {
  return { from: "person", order, said, delivery, problem: "", retry: false };
}

export function isPlaced(item: Item): boolean {
  return item.order < BEYOND;
}
