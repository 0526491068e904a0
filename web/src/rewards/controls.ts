import type { ExportFormat } from '../client/member.js';
import type { Bench, Deeds } from './deeds.js';
import { emit } from './emit.js';
import type { HistoryView } from './history.js';
import type { RewardFilter } from './types.js';
import type { Controls } from './views/view.js';

/** After the last letter typed, so that a word is one question. */
const SEARCH_AFTER_MS = 300;

/** What the page lets its controls do. */
export interface Grip {
  readonly bench: Bench;
  readonly deeds: Deeds;
  rewardFilter: RewardFilter;
  export(format: ExportFormat): void;
}

/** How much of the activity is shown, in words. */
function sumOf({ words, history }: Bench): string {
  const { rows, total } = history;
  return total === 0 ? words.say('noMatches') : words.say('shownOf', { shown: words.number(rows.length), total: words.number(total) });
}

/** Goes to an address of the page's own making, unless the page has something else to do. */
function goUnless(isPrevented: boolean, address: string | null, code?: string): void {
  if (!isPrevented && address !== null) {
    const target = new URL(address, document.baseURI);
    if (code !== undefined) {
      target.searchParams.set('code', code);
    }
    location.assign(target);
  }
}

/** The deeds of everything that can be pressed, chosen or typed in. */
export function controlsOf(grip: Grip): Controls {
  const { bench, deeds } = grip;
  const { element, history, announcer } = bench;
  const { redeeming, desk } = deeds;
  let searching: ReturnType<typeof setTimeout> | undefined;

  async function showHistory(changes: Partial<HistoryView>): Promise<void> {
    clearTimeout(searching);
    const shown = history.show(changes);
    emit(element, 'loyalty-filter', { section: 'history', filter: history.view });
    element.requestUpdate();
    await shown;
    announcer.say(sumOf(bench));
  }

  return {
    retry: () => bench.refresh(),
    retryHistory: () => void history.reload(),
    // Told after the drawing, during which nothing may change.
    sectionFailed: (section, cause) => queueMicrotask(() => bench.failed('SECTION_FAILED', { section, cause })),
    signIn: () => goUnless(!emit(element, 'loyalty-sign-in', { url: element.signInUrl }, true), element.signInUrl),
    rewardFilter: (filter) => {
      grip.rewardFilter = filter;
      emit(element, 'loyalty-filter', { section: 'rewards', filter });
      element.requestUpdate();
    },
    ask: (reward) => {
      bench.focusNext('#confirm');
      redeeming.ask(reward);
    },
    redeem: (reward) => {
      bench.focusNext('#redeeming');
      announcer.say(bench.words.say('redeeming'));
      void redeeming.redeem(reward);
    },
    close: () => {
      const { reward } = redeeming;
      redeeming.close();
      bench.focusNext(reward ? `#redeem-${CSS.escape(reward.id)}` : '#rewards-title');
    },
    couponTab: (tab) => {
      desk.choose(tab);
      emit(element, 'loyalty-filter', { section: 'coupons', filter: tab });
    },
    toggleCode: ({ id }) => desk.toggle(id),
    copy: ({ id }) => void desk.copy(id),
    toggleQr: ({ id }) => void desk.toggleQr(id),
    use: (coupon) => goUnless(!emit(element, 'loyalty-use-coupon', { code: coupon.code, coupon }, true), element.checkoutUrl, coupon.code),
    historyType: (type) => void showHistory({ type }),
    historyPeriod: (period) => void showHistory({ period }),
    search: (search) => {
      clearTimeout(searching);
      searching = setTimeout(() => void showHistory({ search }), SEARCH_AFTER_MS);
    },
    clearFilters: () => {
      bench.focusNext('#history-title');
      void showHistory({ type: 'all', period: element.historyRange, search: '' });
    },
    loadMore: async () => {
      const before = history.rows.length;
      await history.loadMore();
      if (history.rows.length > before) {
        if (history.next === undefined) {
          bench.focusNext('#shown-of');
        }
        announcer.say(sumOf(bench));
      }
    },
    export: (format) => grip.export(format),
  };
}
