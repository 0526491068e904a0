import '../../src/jsx/vue.js';
import type { GlobalComponents } from 'vue';

type Tag = InstanceType<GlobalComponents['loyalty-checkout']>;
type Props = Tag['$props'];

export const props: Props[] = [
  { class: 'side', cart: { currency: 'EUR', lines: [] }, member: null, layout: 'panel', 'heading-level': 3 },
  // @ts-expect-error a member has points
  { member: { id: 'anna' } },
  // @ts-expect-error no such mode
  { mode: 'offline' },
];

declare const emit: Tag['$emit'];
declare const applied: HTMLElementEventMap['loyalty-applied'];
emit('loyalty-applied', applied);
// @ts-expect-error another event
emit('loyalty-ready', applied);
