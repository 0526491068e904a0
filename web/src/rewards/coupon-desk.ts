import { refusal, done } from '../checkout/outcome.js';
import type { Result } from '../checkout/types.js';
import type { CouponTab } from './coupons.js';
import type { PageCoupon } from './data.js';

/** What the page does with its coupons' codes: covered until asked for. */
export interface CouponDeskHost {
  changed(): void;
  coupon(id: string): PageCoupon | undefined;
  /** Where a code is written, once it is drawn uncovered. */
  codeElement(id: string): Promise<Element | null>;
  copied(coupon: PageCoupon, how: 'clipboard' | 'selection'): void;
  failed(cause: unknown): void;
}

export type QrView = typeof import('./views/qr.js').qr;

export class CouponDesk {
  tab: CouponTab = 'active';
  /** Coupons whose code is to be seen. */
  readonly revealed = new Set<string>();
  /** The coupon whose code is drawn as a picture. */
  qrOf: string | null = null;
  qr: QrView | null = null;
  qrFailed = false;
  readonly #host: CouponDeskHost;

  constructor(host: CouponDeskHost) {
    this.#host = host;
  }

  choose(tab: CouponTab): void {
    this.tab = tab;
    this.#host.changed();
  }

  toggle(id: string): void {
    if (!this.revealed.delete(id)) {
      this.revealed.add(id);
    }
    this.#host.changed();
  }

  /** Puts a code on the clipboard; where that is not allowed, shows and selects it. */
  async copy(id: string): Promise<Result> {
    const coupon = this.#host.coupon(id);
    if (!coupon?.code) {
      return refusal('COUPON_NOT_FOUND');
    }
    try {
      await navigator.clipboard.writeText(coupon.code);
      this.#host.copied(coupon, 'clipboard');
    } catch {
      this.revealed.add(id);
      this.#host.changed();
      const element = await this.#host.codeElement(id);
      if (element) {
        getSelection()?.setBaseAndExtent(element, 0, element, element.childNodes.length);
      }
      this.#host.copied(coupon, 'selection');
    }
    return done;
  }

  async toggleQr(id: string): Promise<void> {
    this.qrOf = this.qrOf === id ? null : id;
    this.qrFailed = false;
    this.#host.changed();
    if (this.qrOf !== null && !this.qr) {
      try {
        this.qr = (await import('./views/qr.js')).qr;
      } catch (cause) {
        this.qrFailed = true;
        this.#host.failed(cause);
      }
      this.#host.changed();
    }
  }
}
