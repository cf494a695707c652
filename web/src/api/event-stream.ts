import { createParser, type EventSourceMessage } from "eventsource-parser";

/** One Server-Sent Event. */
export interface StreamedEvent {
  id: string;
  type: string;
  data: string;
}

/** The events in the text of a stream (WHATWG HTML, 9.2.6); comments, which are heartbeats, are passed over. */
export async function* eventsOf(chunks: AsyncIterable<string>): AsyncGenerator<StreamedEvent> {
  let arrived: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => arrived.push(event) });
  for await (const chunk of chunks) {
    parser.feed(chunk);
    const events = arrived;
    arrived = [];
    for (const { id, event, data } of events) yield { id: id ?? "", type: event ?? "message", data };
  }
}
