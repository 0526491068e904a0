/** One message of a stream of server-sent events. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  /** The last id so far; empty: there was none. */
  readonly id: string;
}

/**
 * Reads `text/event-stream` as it comes, however it is cut. Lines end with LF, CR LF or CR; comments and fields that nobody
 * knows are passed over; a message without data tells nothing.
 */
export class EventStreamParser {
  /** How long the server wants to be left alone after a break, in milliseconds. */
  retry: number | null = null;
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id = '';
  #isFirst = true;

  constructor(lastId = '') {
    this.#id = lastId;
  }

  /** The messages that are whole with this piece of text. */
  read(text: string): StreamEvent[] {
    const messages: StreamEvent[] = [];
    this.#rest += text;
    if (this.#isFirst && this.#rest !== '') {
      this.#rest = this.#rest.replace(/^\uFEFF/, '');
      this.#isFirst = false;
    }
    // A CR at the end may be half of CR LF: it waits for what follows.
    for (let end = /\r\n|\n|\r(?!$)/.exec(this.#rest); end; end = /\r\n|\n|\r(?!$)/.exec(this.#rest)) {
      const line = this.#rest.slice(0, end.index);
      this.#rest = this.#rest.slice(end.index + end[0].length);
      const message = line === '' ? this.#dispatch() : this.#field(line);
      if (message) {
        messages.push(message);
      }
    }
    return messages;
  }

  #field(line: string): null {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') {
      this.#event = value;
    } else if (name === 'data') {
      this.#data.push(value);
    } else if (name === 'id' && !value.includes('\0')) {
      this.#id = value;
    } else if (name === 'retry' && /^\d+$/.test(value)) {
      this.retry = Number(value);
    }
    return null;
  }

  #dispatch(): StreamEvent | null {
    const message = this.#data.length > 0 ? { event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id } : null;
    this.#event = '';
    this.#data = [];
    return message;
  }
}
