import type { ExportFormat } from '../client/member.js';
import type { LoyaltyRewards } from './element.js';
import { SECTIONS, type SectionName } from './types.js';

const FORMATS: readonly ExportFormat[] = ['csv', 'json'];
const MOST_ROWS = 100;
const USUAL_ROWS = 20;

/** A list of names as an attribute has it; names that nobody knows are left out, and so is what comes twice. */
function namesIn<Name extends string>(list: string | null, known: readonly Name[]): readonly Name[] {
  return [...new Set((list ?? '').split(/\s+/))].filter((name): name is Name => (known as readonly string[]).includes(name));
}

/** Movements shown at a time. */
export const pageSizeOf = ({ pageSize }: LoyaltyRewards): number => Math.min(MOST_ROWS, Math.max(1, Math.trunc(pageSize) || USUAL_ROWS));

/** The sections asked for, in their order; none that is known: all. */
export function sectionsOf({ sections }: LoyaltyRewards): readonly SectionName[] {
  const chosen = namesIn(sections, SECTIONS);
  return chosen.length > 0 ? chosen : SECTIONS;
}

export const formatsOf = ({ exportFormats }: LoyaltyRewards): readonly ExportFormat[] => namesIn(exportFormats, FORMATS);

export const headingLevelOf = ({ headingLevel }: LoyaltyRewards): number => Math.min(5, Math.max(2, Math.trunc(headingLevel) || 2));
