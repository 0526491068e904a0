import type { Api } from './api.js';

/** A domain event as the server delivers it. */
export interface DomainEvent {
  readonly id: string;
  /** What kind of thing it is about: `wix.loyalty.v1.account`. */
  readonly entityFqdn: string;
  /** What happened to it: `created`. */
  readonly slug: string;
  readonly entityId: string;
  readonly eventTime: string;
  readonly sequence: number;
  readonly createdEvent?: Readonly<Record<string, string>>;
  readonly updatedEvent?: Readonly<Record<string, string>>;
  readonly deletedEvent?: Readonly<Record<string, string>>;
  readonly actionEvent?: Readonly<Record<string, string>>;
}

type Bodies = Pick<DomainEvent, 'createdEvent' | 'updatedEvent' | 'deletedEvent' | 'actionEvent'>;

/** The document inside an event: the thing as it is after it, or the message of an action. Empty where there is none. */
export function bodyOf({ createdEvent, updatedEvent, deletedEvent, actionEvent }: Bodies): Readonly<Record<string, unknown>> {
  const text = Object.values(createdEvent ?? updatedEvent ?? deletedEvent ?? actionEvent ?? {})[0];
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

export interface Newest {
  readonly wanted: number;
  /** Only events before this one; absent: from the newest on. */
  readonly before?: number;
  readonly accepts?: (event: DomainEvent) => boolean;
  readonly signal?: AbortSignal;
}

export interface EventPage {
  /** Newest first. */
  readonly events: readonly DomainEvent[];
  /** Goes on before this one; null: there are no older ones. */
  readonly before: number | null;
}

/** Read at once; a filter may need several such stretches. */
const STRETCH = 200;
const STRETCHES = 10;

const read = (api: Api, after: number, limit: number, signal?: AbortSignal): Promise<{ events: readonly DomainEvent[]; next: string; last: string }> =>
  api.get('/loyalty-events/v1/events', { after, limit }, signal ? { signal } : {});

/** What has happened since an event, oldest first. */
export const eventsAfter = async (api: Api, sequence: number): Promise<readonly DomainEvent[]> => (await read(api, sequence, STRETCH)).events;

/** Events from the newest to older ones. They are numbered without gaps, so that they can be read backwards. */
export async function newestEvents(api: Api, { wanted, before, accepts = () => true, signal }: Newest): Promise<EventPage> {
  let end = before ?? Number((await read(api, 0, 1, signal)).last) + 1;
  const found: DomainEvent[] = [];
  for (let stretch = 0; stretch < STRETCHES && end > 1; stretch++) {
    const start = Math.max(1, end - STRETCH);
    const { events } = await read(api, start - 1, end - start, signal);
    for (const event of events.toReversed().filter(accepts)) {
      if (found.length === wanted) {
        return { events: found, before: (found.at(-1) as DomainEvent).sequence };
      }
      found.push(event);
    }
    end = start;
  }
  return { events: found, before: end > 1 ? end : null };
}
