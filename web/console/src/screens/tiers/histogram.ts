import { html, svg, type TemplateResult } from 'lit';

export interface Range {
  /** Tier points, both included; `to` absent: and more. */
  readonly from: number;
  readonly to?: number;
  readonly members: number;
}

export interface Threshold {
  readonly name: string;
  readonly requiredPoints: number;
}

const WIDTH = 400;
const HEIGHT = 170;
/** Room for two lines of names above the bars, also where letters are large. */
const TOP = 36;
const BOTTOM = 20;
const GAP = 1.5;

const rangeText = ({ from, to }: Range): string => (to === undefined ? `${from.toLocaleString('en')} and more` : `${from.toLocaleString('en')} to ${to.toLocaleString('en')}`);

/** Where a number of points lies between the first bar's beginning (0) and the last one's end (1); bars are equally wide. */
export function positionOf(points: number, ranges: readonly Range[]): number | null {
  const at = ranges.findIndex(({ from, to }) => points >= from && (to === undefined || points <= to));
  const range = ranges[at];
  if (!range) {
    return null;
  }
  // How far a bar without an end reaches is not known: in it, or at its beginning, is all that is shown.
  const inside = range.to === undefined ? (points === range.from ? 0 : 0.5) : (points - range.from) / (range.to - range.from + 1);
  return (at + inside) / ranges.length;
}

/** Members by their tier points as bars, with the lines at which tiers begin; the same as a table behind it. */
export function histogram(ranges: readonly Range[], thresholds: readonly Threshold[]): TemplateResult {
  const most = Math.max(1, ...ranges.map(({ members }) => members));
  const width = WIDTH / Math.max(1, ranges.length);
  const room = HEIGHT - TOP - BOTTOM;
  const bars = ranges.map(({ members }, index) => {
    const height = (members / most) * room;
    return { members, height, x: index * width + GAP / 2, y: TOP + room - height };
  });
  const lines = thresholds.flatMap(({ name, requiredPoints }) => {
    const at = positionOf(requiredPoints, ranges);
    return at === null ? [] : [{ name, requiredPoints, x: at * WIDTH }];
  });
  return html`
    <figure class="histogram">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">
        ${bars.map(({ x, y, height }) => svg`<rect class="bar" x=${x} y=${y} width=${width - GAP} height=${height} rx="1.5"></rect>`)}
        <line class="axis" x1="0" x2=${WIDTH} y1=${TOP + room} y2=${TOP + room}></line>
        ${ranges.map(({ from }, index) => (index % Math.ceil(ranges.length / 6) === 0 ? svg`<text class="tick" x=${index * width + GAP} y=${HEIGHT - 5}>${from.toLocaleString('en')}</text>` : ''))}
        ${lines.map(({ name, x }, index) => {
          const isRight = x > WIDTH * 0.75;
          return svg`<line class="threshold" x1=${x} x2=${x} y1="0" y2=${TOP + room}></line>
            <text class="threshold-name" x=${isRight ? x - 3 : x + 3} y=${index % 2 === 0 ? '1em' : '2.2em'} text-anchor=${isRight ? 'end' : 'start'}>${name}</text>`;
        })}
        ${bars.map(({ x, y, members }) => (members > 0 ? svg`<text class="bar-count" x=${x + width / 2} y=${y - 3} text-anchor="middle">${members.toLocaleString('en')}</text>` : ''))}
      </svg>
      <figcaption class="hint">Members by the tier points that count now. ${lines.length > 0 ? 'A line stands where a tier begins.' : ''}</figcaption>
      <details>
        <summary>As a table</summary>
        <table class="table">
          <caption class="hidden">Members by tier points</caption>
          <thead><tr><th scope="col">Tier points</th><th scope="col" class="end">Members</th></tr></thead>
          <tbody>${ranges.map((range) => html`<tr><th scope="row">${rangeText(range)}</th><td class="end">${range.members.toLocaleString('en')}</td></tr>`)}</tbody>
        </table>
      </details>
    </figure>
  `;
}
