import type { Quote } from '../../src/documents/index.js';
import { type Child, h } from './dom.js';
import { icon } from './frame.js';
import { pictureOf } from './programs.js';
import type { Session } from './session.js';
import { sums } from './sums.js';
import { fill } from './texts.js';

/** As many as fit beside each other on a phone. */
const MAX_PICTURES = 4;

/** What a store that decides by itself says of an order. */
interface Said {
  /** What becomes of the earned points. */
  readonly earned: string;
  readonly when: string;
  /** Where to go from here. */
  readonly onward: Child;
}

/** What a shopper sees once the order is placed: what it cost, and what became of the points. */
export function confirmation(session: Session, number: string, quote: Quote, said?: Said): HTMLElement {
  const { texts, words, member, documents } = session;
  const { spent, earned, availableAfter } = quote.points;
  const pictures = [...quote.addedLines.map(({ productId }) => productId), ...quote.lines.map(({ id }) => id)].slice(0, MAX_PICTURES);
  return h(
    'section',
    { class: 'panel-card placed' },
    h('div', { class: 'placed-mark', 'aria-hidden': 'true' }, icon('check')),
    h('h1', { tabindex: -1 }, texts.thanks),
    h('p', { class: 'placed-number' }, fill(texts.orderPlaced, { number: `#${number}` })),
    h('div', { class: 'placed-pictures', 'aria-hidden': 'true' }, pictures.map((id) => h('img', { src: pictureOf(documents.id, id), alt: '', width: 64, height: 64 }))),
    earned > 0 &&
      h(
        'div',
        { class: 'placed-points' },
        icon('star'),
        h(
          'div',
          {},
          h('p', { class: 'placed-earned' }, member ? fill(said?.earned ?? texts.pointsComing, { points: words.points(earned) }) : fill(texts.guestMissed, { points: words.points(earned) })),
          member && h('p', {}, said?.when ?? (documents.id === 'fashion' ? texts.pointsWhenReturns : texts.pointsWhen)),
          member &&
            h(
              'p',
              { class: 'placed-balance' },
              spent > 0 && h('span', {}, fill(texts.pointsSpent, { points: words.points(spent) })),
              h('span', {}, fill(texts.pointsLeft, { points: words.points(availableAfter) })),
            ),
        ),
      ),
    quote.addedLines.map(({ productId }) => h('p', { class: 'placed-gift' }, icon('gift'), h('span', {}, `${session.productName(productId)}: ${texts.freeItem}`))),
    sums(session, quote),
    h('div', { class: 'placed-onward' }, h('a', { class: 'primary', href: session.address('/', { cart: null, chosen: [], placed: null, cartOpen: false }) }, texts.another), said?.onward),
  );
}
