import type { PluralForms } from '../../../src/documents/index.js';
import type { Api } from './api.js';

export type ProgramStatus = 'DRAFT' | 'ACTIVE' | 'PAUSED';

export interface Program {
  readonly name: string;
  readonly status: ProgramStatus;
  readonly pointDefinition?: { readonly customName?: string; readonly icon?: ProgramIcon };
  readonly pointsExpiration?: { readonly status: 'ENABLED' | 'DISABLED'; readonly monthsOfInactivity?: number; readonly expiringPointsPercentage?: number };
  readonly updatedDate: string;
}

export interface ProgramIcon {
  readonly id?: string;
  readonly url?: string;
  readonly altText?: string;
  readonly filename?: string;
  readonly height?: number;
  readonly width?: number;
}

export type PointName = Readonly<Record<string, string | PluralForms>>;

export interface Settings {
  readonly currency: string;
  readonly timeZone: string;
  readonly pointName: PointName;
  readonly activity: { readonly earn: boolean; readonly redeem: boolean; readonly adjust: boolean; readonly refund: boolean };
  readonly allowedOrigins: readonly string[];
  readonly autoCreateAccounts: boolean;
  readonly autoPause: boolean;
  readonly earnRounding: 'wix' | 'floor' | 'perStep';
  readonly expiryGrain: 'day' | 'month';
  readonly expiryModel: 'inactivity' | 'lots';
  readonly holdMinutes: number;
  readonly minPointsToSpend?: number;
  readonly pointsRefundPolicy: 'WHOLE_ORDER' | 'PROPORTIONAL';
  readonly policy: Readonly<Record<string, unknown>>;
  readonly restaurantsMode: boolean;
  readonly reversalPolicy: 'CLAMP' | 'ALLOW_NEGATIVE' | 'FORGIVE';
}

export const getProgram = async (api: Api, signal?: AbortSignal): Promise<Program> =>
  (await api.get<{ loyaltyProgram: Program }>('/loyalty-programs/v1/program', {}, signal ? { signal } : {})).loyaltyProgram;

export const getSettings = async (api: Api, signal?: AbortSignal): Promise<Settings> =>
  (await api.get<{ settings: Settings }>('/loyalty-programs/v1/settings', {}, signal ? { signal } : {})).settings;
