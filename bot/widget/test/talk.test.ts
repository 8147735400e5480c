import { beforeEach, describe, expect, test } from "vitest";
import { Api } from "../src/api";
import type { Item, PersonItem } from "../src/items";
import { BrowserMemory } from "../src/memory";
import { Talk } from "../src/talk";
import type { Status, TalkView } from "../src/talk-view";
import { FakeServer } from "./fake-server";

class Shown implements TalkView {
  readonly items: Item[] = [];
  readonly statuses: Status[] = [];
  anew = 0;
  add(items: Item[]): void {
    this.items.push(...items);
  }
  change(): void {}
  status(status: Status): void {
    this.statuses.push(status);
  }
  beginAnew(): void {
    this.anew++;
  }
  trouble(): void {}

  /** What is on the screen, in order. */
  get texts(): string[] {
    const sorted = [...this.items].sort((one, other) => one.order - other.order);
    return sorted.map((item) => (item.from === "person" ? `> ${item.said.text}` : item.message.text));
  }
  get people(): PersonItem[] {
    return this.items.filter((item): item is PersonItem => item.from === "person");
  }
}

let server: FakeServer;
let shown: Shown;
let memory: BrowserMemory;

function talk(): Talk {
  return new Talk(new Api("/web"), memory, shown, () => new Promise((done) => setTimeout(done, 0)));
}

async function settled(subject: Talk): Promise<void> {
  for (let turns = 0; turns < 400; turns++) {
    await new Promise((done) => setTimeout(done, 0));
    if (!subject.isBusy) return;
  }
  throw new Error("the talk does not come to rest");
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  server = new FakeServer();
  server.install();
  shown = new Shown();
  memory = new BrowserMemory("/web");
});

const answered = (...texts: string[]): string[] => texts.flatMap((text) => [`> ${text}`, `1 to ${text}`, `2 to ${text}`]);

describe("a talk", () => {
  test("sends one at a time, in order", async () => {
    const subject = talk();
    for (const text of ["a", "b", "c"]) subject.say({ text });
    await settled(subject);

    expect(server.said).toEqual(["a", "b", "c"]);
    expect(shown.texts).toEqual(answered("a", "b", "c"));
    expect(server.sessions).toBe(1);
  });

  test.each(["after", "cut"] as const)("finds an answer that was lost (%s) in the history, once", async (mishap) => {
    const subject = talk();
    server.mishaps = ["none", mishap, "none"];
    for (const text of ["a", "b", "c"]) subject.say({ text });
    await settled(subject);

    expect(server.said).toEqual(["a", "b", "c"]);
    expect(shown.texts).toEqual(answered("a", "b", "c"));
  });

  test("tells two equal messages apart", async () => {
    const subject = talk();
    server.mishaps = ["none", "after"];
    subject.say({ text: "yes" });
    subject.say({ text: "yes" });
    await settled(subject);

    expect(shown.texts).toEqual(answered("yes", "yes"));
  });

  test("does not send again by itself what was perhaps not heard", async () => {
    const subject = talk();
    server.mishaps = ["before"];
    const now = Date.now;
    let clock = now();
    Date.now = () => (clock += 3_000);
    subject.say({ text: "a" });
    await settled(subject);
    Date.now = now;

    expect(server.said).toEqual([]);
    expect(shown.people[0]).toMatchObject({ delivery: "failed", retry: true });
    subject.retry(shown.people[0]!);
    await settled(subject);
    expect(server.said).toEqual(["a"]);
    expect(shown.texts).toEqual(answered("a"));
  });

  test("restores the history after a reload, once", async () => {
    const first = talk();
    first.say({ text: "a" });
    await settled(first);
    shown = new Shown();
    const second = talk();
    await second.restore();
    await second.sync();
    second.say({ text: "b" });
    await settled(second);

    expect(shown.texts).toEqual(answered("a", "b"));
  });

  test("knows after a reload what was under way, and goes on with what waited", async () => {
    const first = talk();
    first.say({ text: "a" });
    await settled(first);
    memory.unsent = [
      { text: "a", sent: Date.now(), after: 0 },
      { text: "b", sent: 0, after: 0 },
    ];
    shown = new Shown();
    const second = talk();
    await second.restore();
    await settled(second);

    expect(server.said).toEqual(["a", "b"]);
    expect(shown.texts).toEqual(answered("a", "b"));
    expect(memory.unsent).toEqual([]);
  });

  test("begins anew with what was typed when the token is refused", async () => {
    memory.session = { conversation: "old", token: "stolen" };
    const subject = talk();
    subject.say({ text: "Yes", payload: "/yes" });
    await settled(subject);

    expect(server.said).toEqual(["Yes"]);
    expect(memory.session?.token).toBe("t1");
    expect(shown.texts).toEqual(answered("Yes"));
  });

  test("waits as long as it is told and then goes on", async () => {
    const subject = talk();
    server.refusals = [{ status: 429, after: "7" }];
    subject.say({ text: "a" });
    await settled(subject);

    expect(shown.statuses).toContain("busy");
    expect(shown.texts).toEqual(answered("a"));
  });

  test.each([400, 403, 409, 413, 422])("shows why %i was refused, and goes on", async (status) => {
    const subject = talk();
    server.refusals = [{ status }];
    subject.say({ text: "a" });
    subject.say({ text: "b" });
    await settled(subject);

    expect(shown.people[0]).toMatchObject({ delivery: "failed", problem: `refused with ${status}`, retry: false });
    expect(server.said).toEqual(["b"]);
  });

  test("shows what another tab said", async () => {
    const subject = talk();
    await subject.restore();
    subject.say({ text: "a" });
    await settled(subject);
    server.history.push({ id: 50, from: "person", text: "elsewhere" });
    await subject.sync();
    await subject.sync();

    expect(shown.texts).toEqual([...answered("a"), "> elsewhere"]);
  });

  test("keeps on while there is no connection", async () => {
    const subject = talk();
    server.down = true;
    subject.say({ text: "a" });
    await new Promise((done) => setTimeout(done, 5));
    expect(shown.statuses).toContain("offline");
    server.down = false;
    await settled(subject);

    expect(shown.texts).toEqual(answered("a"));
  });
});
