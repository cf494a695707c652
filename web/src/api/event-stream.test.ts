import { expect, test } from "vitest";
import { eventsOf, type StreamedEvent } from "./event-stream";

async function read(...chunks: string[]): Promise<StreamedEvent[]> {
  // eslint-disable-next-line @typescript-eslint/require-await -- stands in for a network stream
  async function* stream() {
    yield* chunks;
  }
  const events: StreamedEvent[] = [];
  for await (const event of eventsOf(stream())) events.push(event);
  return events;
}

test("an event may arrive in pieces", async () => {
  const events = await read("id: 7\nevent: reports.prod", 'uction.issued.v1\ndata: {"a"', ":1}\n", "\n");
  expect(events).toEqual([{ id: "7", type: "reports.production.issued.v1", data: '{"a":1}' }]);
});

test("heartbeats are no events", async () => {
  expect(await read(": heartbeat\n\n", ": heartbeat\n\n")).toEqual([]);
});

test("two events in one piece stay two", async () => {
  const events = await read("data: one\n\ndata: two\ndata: more\n\n");
  expect(events.map((event) => event.data)).toEqual(["one", "two\nmore"]);
});

test("an event that was cut off is not delivered", async () => {
  expect(await read("id: 8\ndata: half")).toEqual([]);
});

test("a line end may be cut in two", async () => {
  const events = await read("id: 9\r", "\ndata: x\r\n\r", "\n");
  expect(events).toEqual([{ id: "9", type: "message", data: "x" }]);
});
