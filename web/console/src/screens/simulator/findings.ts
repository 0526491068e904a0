import type { Catalog } from '../../../../src/documents/index.js';
import type { Finding } from './drafts.js';

const SCREENS: Readonly<Record<string, string>> = { rewards: 'rewards', promotions: 'promotions', earningRules: 'earning', tiers: 'tiers', program: 'program', policy: 'program' };

/** What a finding points at: its name, and where it is changed. */
export interface FindingTarget {
  readonly name: string;
  readonly href: string;
}

/** Follows the finding's pointer (`/rewards/2/configs/0`) into the catalog; null: it is about all rules together. */
export function targetOf({ path }: Pick<Finding, 'path'>, catalog: Catalog): FindingTarget | null {
  const [, collection = '', index = ''] = path.split('/');
  const screen = SCREENS[collection];
  if (screen === undefined) {
    return null;
  }
  const rows = (catalog as unknown as Record<string, unknown>)[collection];
  const row = Array.isArray(rows) ? (rows[Number(index)] as { readonly id?: string; readonly name?: string; readonly title?: string } | undefined) : undefined;
  return row?.id === undefined ? { name: 'The program', href: `#/${screen}` } : { name: row.name || row.title || row.id, href: `#/${screen}/${encodeURIComponent(row.id)}` };
}

const RANK: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, note: 2 };

/** The worst first. */
export const bySeverity = (findings: readonly Finding[]): readonly Finding[] => findings.toSorted((a, b) => (RANK[a.severity] ?? 3) - (RANK[b.severity] ?? 3));

export const errorsIn = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ severity }) => severity === 'error');
