import type { Page } from 'playwright-core';

/**
 * Begins to note, for every `input` that changes the chosen points, how long until the changed total was painted.
 * A thumb that moves within one step changes nothing, and is not counted.
 */
export async function watchLatency(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { wait: number; frames: number }[] = [];
    Object.assign(globalThis, { latencies: seen });
    const element = document.querySelector('loyalty-checkout')!;
    const total = () => element.shadowRoot!.querySelector('[part~="total"]')!.textContent;
    const points = () => JSON.stringify(element.intent);
    let chosen = points();
    // Capture on the window: before any listener of the element.
    addEventListener(
      'input',
      (event) => {
        const begun = event.timeStamp;
        // Not what was painted last: events that share a frame are each over with it.
        const before = total();
        let frames = 0;
        let counts = false;
        const nextFrame = () => requestAnimationFrame(atFrame);
        const atFrame = () => {
          if (frames === 0) {
            counts = points() !== chosen;
            chosen = points();
            if (!counts) return;
          }
          frames += 1;
          // A task of its own after the frame: the frame is painted then.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const now = performance.now();
            if (total() === before && frames < 30) return void nextFrame();
            seen.push({ wait: now - begun, frames });
          };
          port2.postMessage(null);
        };
        nextFrame();
      },
      { capture: true },
    );
  });
}

export async function latencies(page: Page): Promise<readonly { readonly wait: number; readonly frames: number }[]> {
  return page.evaluate(() => (globalThis as unknown as { latencies: { wait: number; frames: number }[] }).latencies);
}
