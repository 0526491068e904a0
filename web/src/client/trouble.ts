/** Why a store could not be asked, or what was asked of it. A lost connection is a TypeError, as `fetch` has it. */
export class StoreError extends Error {
  /** `TEMPORARY`: it may answer later. `REFUSED`: the page asked what the store does not take. */
  readonly code: 'TEMPORARY' | 'RATE_LIMITED' | 'UNAUTHENTICATED' | 'REFUSED' | 'NOT_FOUND';
  readonly retryable: boolean;
  /** Of `RATE_LIMITED`: how long to wait, where the store said. */
  readonly seconds: number | undefined;

  constructor(code: StoreError['code'], message: string, seconds?: number) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
    this.retryable = code === 'TEMPORARY' || code === 'RATE_LIMITED';
    this.seconds = seconds;
  }

  /** In the form of a reason: what is required is a number of seconds. */
  get params(): { readonly code: string; readonly required?: number } {
    return { code: this.code, ...(this.seconds !== undefined && { required: this.seconds }) };
  }
}
