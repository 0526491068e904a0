import { done, refusal } from '../checkout/outcome.js';
import type { Result } from '../checkout/types.js';
import type { ExportedFile, ExportFormat, MemberClient, TransactionFilter } from '../client/member.js';
import type { TransactionSource } from './filtering.js';

export interface ExportingHost {
  changed(): void;
  readonly client: MemberClient | undefined;
  readonly source: TransactionSource | null;
  /** `YYYY-MM-DD`, for the file's name. */
  readonly today: string;
  /** The file is there; whether the browser shall save it. */
  made(file: ExportedFile, format: ExportFormat): boolean;
  failed(cause: unknown): void;
}

/** Makes a file of the activity, one at a time. */
export class Exporting {
  /** The format that is being made. */
  format: ExportFormat | null = null;
  hasFailed = false;
  readonly #host: ExportingHost;

  constructor(host: ExportingHost) {
    this.#host = host;
  }

  async run(format: ExportFormat, filter: TransactionFilter): Promise<Result> {
    const { client, source, today } = this.#host;
    if (!source) {
      return refusal('NOTHING_TO_EXPORT');
    }
    if (this.format !== null) {
      return refusal('BUSY', null, true);
    }
    this.format = format;
    this.hasFailed = false;
    this.#host.changed();
    try {
      const { exportedFile, save } = await import('./export-file.js');
      const file = await exportedFile(format, filter, { client, source, today });
      if (this.#host.made(file, format)) {
        save(file);
      }
      return done;
    } catch (cause) {
      this.hasFailed = true;
      this.#host.failed(cause);
      return refusal('EXPORT_FAILED', null, true);
    } finally {
      this.format = null;
      this.#host.changed();
    }
  }
}
