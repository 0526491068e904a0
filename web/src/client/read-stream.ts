import type { EventStreamParser, StreamEvent } from './event-stream.js';

/** The server says something every 15 s; who is silent for this long is gone. */
const SILENCE_MS = 40_000;

/**
 * Reads a stream of server-sent events and tells each as it comes. Resolves when the stream ends, breaks, is aborted, or falls
 * silent.
 */
export async function readStream(
  body: ReadableStream<Uint8Array>,
  parser: EventStreamParser,
  signal: AbortSignal,
  heard: (message: StreamEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      silence = setTimeout(stop, SILENCE_MS);
      const { done, value } = await reader.read();
      clearTimeout(silence);
      if (done || signal.aborted) {
        return;
      }
      parser.read(decoder.decode(value, { stream: true })).forEach(heard);
    }
  } catch {
    // Broken off: the same as ended, for whoever goes on where it was.
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
  }
}
