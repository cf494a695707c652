/** One Server-Sent Event. */
export interface StreamedEvent {
  id: string;
  type: string;
  data: string;
}

/** Splits the text of a stream into events (WHATWG HTML, 9.2.6); comments, which are heartbeats, are passed over. */
export async function* eventsOf(chunks: AsyncIterable<string>): AsyncGenerator<StreamedEvent> {
  let buffer = "";
  for await (const chunk of chunks) {
    buffer += chunk;
    if (buffer.endsWith("\r")) continue; // the other half of a line end may follow
    const blocks = buffer.replace(/\r\n?/g, "\n").split("\n\n");
    buffer = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

function parse(block: string): StreamedEvent | undefined {
  const event: StreamedEvent = { id: "", type: "message", data: "" };
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value] = /^([a-z]+):? ?(.*)$/.exec(line) ?? [];
    if (field === "id") event.id = value ?? "";
    if (field === "event") event.type = value ?? "";
    if (field === "data") data.push(value ?? "");
  }
  event.data = data.join("\n");
  return data.length > 0 ? event : undefined;
}
