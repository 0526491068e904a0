import type { CDPSession, Page } from 'playwright-core';

export interface Network {
  readonly latency: number;
  /** Bits per second. */
  readonly down: number;
  readonly up: number;
}

export const networks = {
  slow4g: { latency: 150, down: 1_600_000, up: 750_000 },
  fast3g: { latency: 562, down: 1_440_000, up: 675_000 },
} satisfies Record<string, Network>;

export async function slowNetwork(cdp: CDPSession, { latency, down, up }: Network): Promise<void> {
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: down / 8,
    uploadThroughput: up / 8,
  });
}

export async function slowProcessor(cdp: CDPSession, rate: number): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
}

export interface Shift {
  readonly value: number;
  readonly afterInput: boolean;
  readonly sources: readonly string[];
}

/** Starts to collect layout shifts, those of before included. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(collectShifts);
}

function collectShifts() {
  const seen: Shift[] = [];
  Object.assign(globalThis, { shiftsSeen: seen });
  const box = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}x${height}`;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    }[]) {
      seen.push({
        value: entry.value,
        afterInput: entry.hadRecentInput,
        // Nodes of a shadow tree come as null; where they were says which they are.
        sources: entry.sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName ?? 'shadow'} ${box(previousRect)} -> ${box(currentRect)}`),
      });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Everything that moved without being asked. */
export async function shifts(page: Page): Promise<readonly Shift[]> {
  await frames(page, 2);
  return page.evaluate(() => (globalThis as unknown as { shiftsSeen: Shift[] }).shiftsSeen.filter((shift) => !shift.afterInput));
}

/** Waits until so many frames were drawn. */
export async function frames(page: Page, count = 2): Promise<void> {
  await page.evaluate(async (count) => {
    for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame);
  }, count);
}

/** Brings transitions, such as those to other colours, to their end. Endless animations go on. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    // One transition may set off others.
    for (let quiet = 0; quiet < 3; ) {
      await frame();
      const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      quiet = ending.length === 0 ? quiet + 1 : 0;
      for (const animation of ending) animation.finish();
    }
  });
}

/** Elements, those of shadow trees included, that make the page scroll sideways or whose text is cut. */
export async function cutOrTooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide, the window ${width}`);
    const name = (element: Element) =>
      `${element.localName}${element.getAttribute('part') ? `[part=${element.getAttribute('part')}]` : ''}.${element.classList} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const visit = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        if (!(element instanceof HTMLElement) || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        // What is drawn for screen readers only is one pixel large on purpose.
        if (box.width <= 1 || box.height <= 1) continue;
        if (style.display === 'inline') continue;
        if (box.right > width + 1 || box.left < -1) found.push(`${name(element)} reaches from ${box.left} to ${box.right} of ${width}`);
        const hidesX = /hidden|clip/.test(style.overflowX);
        const hidesY = /hidden|clip/.test(style.overflowY);
        if (hidesX && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} cuts ${element.scrollWidth} to ${element.clientWidth} across`);
        if (hidesY && element.scrollHeight > element.clientHeight + 1) found.push(`${name(element)} cuts ${element.scrollHeight} to ${element.clientHeight} down`);
      }
    };
    visit(document);
    return found;
  });
}
