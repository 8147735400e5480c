import { expect, test } from "vitest";
import { fill, languageOf, stringsFor } from "../src/strings";

test("languages are known by their tag, others are English", () => {
  expect([languageOf("de-AT"), languageOf("DE"), languageOf("fr"), languageOf("")]).toEqual(["de", "de", "en", "en"]);
});

test("no text is empty, and names to be filled are the same in each language", () => {
  const [en, de] = [stringsFor("en"), stringsFor("de")];
  for (const [key, text] of Object.entries(en)) {
    const other = de[key as keyof typeof de];
    expect(text && other, key).toBeTruthy();
    expect(other.match(/\{\w+\}/g), key).toEqual(text.match(/\{\w+\}/g));
  }
  expect(fill(en.open, { title: "Ada" })).toBe("Open the chat with Ada");
});
