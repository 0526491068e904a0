import type { LoyaltyCore } from '../../../../src/core/index.js';
import type { Catalog } from '../../../../src/documents/index.js';
import type { DraftPreview, Finding } from './drafts.js';
import { openSide, type Side } from './pricing.js';

export type SideName = 'live' | 'draft';

/** What everything in the simulator works with: the core, with the live rules and those of the draft open in it. */
export interface Bench {
  readonly core: LoyaltyCore;
  readonly live: Side;
  /** null: nothing is changed. */
  readonly draft: Side | null;
  readonly findings: readonly Finding[];
  readonly baseVersion: string;
  /** What the base tier is called. */
  readonly baseTier: string;
}

/** Opens both; the caller closes them. */
export function openBench(core: LoyaltyCore, catalog: Catalog, preview: DraftPreview | null, baseTier: string): Bench {
  const live = openSide(core, catalog);
  try {
    return { core, live, draft: preview && openSide(core, preview.catalog), findings: preview?.lint ?? [], baseVersion: preview?.baseVersion ?? catalog.version, baseTier };
  } catch (error) {
    live.open.close();
    throw error;
  }
}

export function closeBench({ live, draft }: Bench): void {
  live.open.close();
  draft?.open.close();
}

/** The rules of a side; of the draft the live ones where nothing is changed. */
export const sideOf = ({ live, draft }: Bench, name: SideName): Side => (name === 'draft' ? (draft ?? live) : live);
