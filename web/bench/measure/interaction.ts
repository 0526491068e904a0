import type { Browser } from 'playwright-core';
import { frames, slowProcessor } from '../../tests/browser/harness/conditions.js';
import { beginVisit, type Visit } from '../../tests/browser/harness/visit.js';
import { place } from '../../tests/browser/harness/mount.js';
import { countFrames } from './frames.js';
import { largeCart } from './large-cart.js';
import { latencies, watchLatency } from './latency.js';
import { median, medianOf, quantile, spread, type Spread } from './statistics.js';
import { ms, table } from './table.js';

const rates = [1, 4, 6];
const keys = 60;

/** A checkout of ten lines with the points reward chosen and the slider in view. */
async function slidable(browser: Browser): Promise<{ visit: Visit; close: () => Promise<void> }> {
  const begun = await beginVisit(browser, {});
  await begun.visit.goto('/pages/host.html');
  await place(begun.visit.page, { properties: { cart: largeCart } });
  await begun.visit.widget.choose(/Use Stars/);
  await begun.visit.widget.slider.waitFor();
  return begun;
}

async function pressKeys({ page, widget }: Visit): Promise<void> {
  await widget.slider.focus();
  // To the end, then a step back or forth at each key, so that every key changes the total.
  await page.keyboard.press('End');
  for (let i = 0; i < keys; i += 1) {
    await page.keyboard.press(i % 20 < 10 ? 'ArrowLeft' : 'ArrowRight');
    await page.waitForTimeout(40);
  }
}

async function drag({ page, widget }: Visit, durationMs: number): Promise<void> {
  const box = (await widget.slider.boundingBox())!;
  const y = box.y + box.height / 2;
  const right = box.x + box.width - 14;
  const left = box.x + 14;
  await page.mouse.move(right, y);
  await page.mouse.down();
  const begun = Date.now();
  for (let now = 0; now < durationMs; now = Date.now() - begun) {
    // There and back again in a second each.
    const phase = (now / 1000) % 2;
    await page.mouse.move(right + (left - right) * (phase < 1 ? phase : 2 - phase), y);
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
}

async function oneRun(browser: Browser, rate: number, input: 'keys' | 'drag') {
  const { visit, close } = await slidable(browser);
  try {
    await slowProcessor(await visit.cdp(), rate);
    await watchLatency(visit.page);
    await (input === 'keys' ? pressKeys(visit) : drag(visit, 3000));
    await visit.page.waitForTimeout(500);
    const seen = await latencies(visit.page);
    const painted = seen.filter(({ frames }) => frames < 30);
    return { ...spread(painted.map((one) => one.wait)), late: seen.length - painted.length };
  } finally {
    await close();
  }
}

export async function measureLatency(browser: Browser, runs: number): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const input of ['keys', 'drag'] as const) {
    for (const rate of rates) {
      const all: (Spread & { late: number })[] = [];
      for (let run = 0; run < runs; run += 1) all.push(await oneRun(browser, rate, input));
      const { count, p50, p95, max } = medianOf(all);
      rows.push([input === 'keys' ? 'keys on the slider' : 'slider dragged', `${rate}x`, count, ms(p50), ms(p95), ms(max)]);
    }
  }
  return table('Input to painted total', ['input', 'CPU slowed', 'events', 'p50 ms', 'p95 ms', 'max ms'], rows, 'From the event’s own time stamp to the task after the frame that shows the changed total.');
}

export async function measureDrag(browser: Browser, runs: number): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const rate of rates) {
    const counts: { presented: number; dropped: number; latency: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { visit, close } = await slidable(browser);
      try {
        await slowProcessor(await visit.cdp(), rate);
        await frames(visit.page, 5);
        const counted = await countFrames(browser, () => drag(visit, 2000));
        counts.push({ presented: counted.presented, dropped: counted.dropped, latency: quantile(counted.inputToPresent, 0.95) });
      } finally {
        await close();
      }
    }
    const of = (pick: (one: (typeof counts)[number]) => number) => median(counts.map(pick));
    rows.push([`${rate}x`, of((one) => one.presented + one.dropped), of((one) => one.dropped), ms(of((one) => one.latency))]);
  }
  return table('Dragging for two seconds', ['CPU slowed', 'frames', 'dropped', 'input to presented, p95 ms'], rows, 'From the compositor’s trace: `PipelineReporter` and `EventLatency` of the page’s process.');
}
