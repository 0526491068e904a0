import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { Drawing } from './chart-drawing.js';

export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export interface ChartData {
  /** What the chart shows, in a sentence: read out instead of the picture. */
  readonly summary: string;
  /** What stands along the bottom: "Day", "Month". */
  readonly of: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** How a value is written in the table and when a bar is pointed at. */
  readonly format: (value: number, series: number) => string;
  /** How the scale is written; short. */
  readonly formatScale: (value: number) => string;
}

/** Bars, and the same numbers as a table. The picture comes when it can; the table is there without it. */
export class ConsoleChart extends LitElement {
  static override properties = { data: { attribute: false }, isTable: { state: true }, isBroken: { state: true } };

  declare data: ChartData;
  declare private isTable: boolean;
  declare private isBroken: boolean;
  readonly #canvas = createRef<HTMLCanvasElement>();
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  #drawing: Drawing | null = null;

  constructor() {
    super();
    this.isTable = false;
    this.isBroken = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#recolour);
  }

  override disconnectedCallback(): void {
    this.#scheme.removeEventListener('change', this.#recolour);
    this.#drop();
    super.disconnectedCallback();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.isTable) {
      this.#drop();
    } else if (this.#drawing && changed.has('data')) {
      this.#drawing.show(this.data);
    } else if (!this.#drawing && !this.isBroken) {
      void this.#draw();
    }
  }

  protected override render(): TemplateResult {
    const { data } = this;
    return html`
      <div class="chart-head">
        <ul class="legend">
          ${data.series.map(({ name }, at) => html`<li><span class="swatch series-${at + 1}" aria-hidden="true"></span>${name}</li>`)}
        </ul>
        <button type="button" class="button small quiet" aria-pressed=${this.isTable} @click=${() => (this.isTable = !this.isTable)}>Show as table</button>
      </div>
      ${this.isTable
        ? this.#table()
        : html`<div class="chart">
            <canvas role="img" aria-label=${data.summary} ?hidden=${this.isBroken} ${ref(this.#canvas)}></canvas>
            ${this.isBroken ? html`<p class="muted">The picture cannot be loaded. The table has the same numbers.</p>` : nothing}
          </div>`}
    `;
  }

  #table(): TemplateResult {
    const { of, labels, series, format, summary } = this.data;
    return html`<div class="table-frame chart-table" tabindex="0" role="region" aria-label=${summary}>
      <table class="table">
        <caption class="hidden">${summary}</caption>
        <thead>
          <tr>
            <th scope="col">${of}</th>
            ${series.map(({ name }) => html`<th scope="col" class="end">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${labels.map((label, row) => html`<tr><th scope="row">${label}</th>${series.map(({ values }, at) => html`<td class="end">${format(values[row] ?? 0, at)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  async #draw(): Promise<void> {
    try {
      const { draw } = await import('./chart-drawing.js');
      const canvas = this.#canvas.value;
      if (canvas?.isConnected && !this.#drawing && !this.isTable) {
        this.#drawing = draw(canvas, this.data, this.#swatches());
      }
    } catch (error) {
      console.error(error);
      this.isBroken = true;
    }
  }

  #drop(): void {
    this.#drawing?.end();
    this.#drawing = null;
  }

  #swatches(): readonly Element[] {
    return [...this.querySelectorAll('.swatch')];
  }

  readonly #recolour = (): void => {
    this.#drawing?.recolour(this.#swatches());
  };
}

customElements.define('console-chart', ConsoleChart);
