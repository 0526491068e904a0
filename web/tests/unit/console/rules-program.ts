import type { Wording } from '../../../console/src/app/wording.js';
import type { TiersProgram } from '../../../console/src/rules/model.js';
import { formatMoney, formatNumber } from '../../../src/text/format.js';

/** Bronze, Silver from 500, Gold from 1,500. */
export const threeTiers: TiersProgram = {
  tiers: [
    { id: 's', revision: '1', tierDefinition: { name: 'Silver' }, requiredPoints: 500 },
    { id: 'g', revision: '4', tierDefinition: { name: 'Gold', description: 'Free shipping' }, requiredPoints: 1500 },
  ],
  programSettings: { revision: '2', status: 'ACTIVE', rollingWindow: { durationInMonths: 12 }, baseTierDefinition: { name: 'Bronze', icon: { url: 'bronze.svg' } } },
};

export const noTiers: TiersProgram = { tiers: [], programSettings: { revision: '1', status: 'DISABLED', rollingWindow: { durationInMonths: 12 } } };

/** Dollars and Stars. */
export const stars: Wording = {
  currency: 'USD',
  timeZone: 'America/New_York',
  points: (count) => `${formatNumber(count, 'en')} ${count === 1 ? 'Star' : 'Stars'}`,
  pointsName: 'Stars',
  money: (minor) => formatMoney(minor, 'USD', 'en'),
  amount: (decimal) => formatMoney(Math.round(Number(decimal) * 100), 'USD', 'en'),
  number: (count) => formatNumber(count, 'en'),
  date: (instant) => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'America/New_York' }).format(new Date(instant)),
  dateTime: (instant) => new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'America/New_York' }).format(new Date(instant)),
};
