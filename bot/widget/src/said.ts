// Is a message of the history the one that was sent? The server cleans what was typed, so blanks and what cannot be
// seen do not count; a choice is known by its payload.

import type { PersonMessage, Said } from "./messages";

export function isSame(said: Said, message: PersonMessage): boolean {
  if (said.payload !== undefined && message.payload !== null) return said.payload === message.payload;
  return core(said.text) === core(message.text);
}

function core(text: string): string {
  return text.normalize("NFC").replace(/[\s\p{C}]+/gu, "");
}
