import type { Browser, CDPSession } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly ts: number;
  readonly id2?: { readonly local?: string; readonly global?: string };
  readonly id?: string;
  readonly args?: Record<string, unknown>;
}

export interface FrameCount {
  readonly presented: number;
  readonly dropped: number;
  readonly idle: number;
  /** Input event to the frame that shows it, in milliseconds. */
  readonly inputToPresent: readonly number[];
}

/** Traces the compositor while `during` runs, and counts what became of each frame of the page. */
export async function countFrames(browser: Browser, during: () => Promise<void>): Promise<FrameCount> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['benchmark', 'cc', 'input', 'devtools.timeline.frame'] },
  });
  try {
    await during();
  } finally {
    const ended = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await ended;
    await session.detach();
  }
  return read(events);
}

function read(events: readonly TraceEvent[]): FrameCount {
  const renderers = new Set(
    events.filter((one) => one.name === 'process_name' && one.args?.['name'] === 'Renderer').map((one) => one.pid),
  );
  const counted = { presented: 0, dropped: 0, idle: 0 };
  for (const one of events) {
    if (one.name !== 'PipelineReporter' || one.ph !== 'b' || !renderers.has(one.pid)) continue;
    const reporter = (one.args?.['chrome_frame_reporter'] ?? one.args?.['frame_reporter'] ?? {}) as { state?: string };
    if (reporter.state?.includes('PRESENTED')) counted.presented += 1;
    else if (reporter.state?.includes('DROPPED')) counted.dropped += 1;
    else if (reporter.state?.includes('NO_UPDATE')) counted.idle += 1;
  }
  return { ...counted, inputToPresent: dragLatencies(events) };
}

/** `EventLatency` spans of mouse moves with a button held. */
function dragLatencies(events: readonly TraceEvent[]): readonly number[] {
  const begun = new Map<string, number>();
  const waits: number[] = [];
  for (const one of [...events].sort((a, b) => a.ts - b.ts)) {
    if (one.name !== 'EventLatency') continue;
    const id = `${one.pid} ${one.id2?.local ?? one.id2?.global ?? one.id}`;
    if (one.ph === 'b') {
      const { event_type: type } = (one.args?.['event_latency'] ?? {}) as { event_type?: string };
      if (type === 'MOUSE_DRAGGED') begun.set(id, one.ts);
    } else if (one.ph === 'e') {
      const start = begun.get(id);
      if (start !== undefined) waits.push((one.ts - start) / 1000);
      begun.delete(id);
    }
  }
  return waits;
}
