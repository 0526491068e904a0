import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip, type ChartConfiguration } from 'chart.js';
import type { ChartData } from './chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface Drawing {
  show(data: ChartData): void;
  /** Day has become night: takes the colours of the page anew. */
  recolour(swatches: readonly Element[]): void;
  end(): void;
}

const MOTION_MS = 250;

interface Colours {
  readonly series: readonly string[];
  readonly text: string;
  readonly line: string;
}

/** As the stylesheet has them now: of the legend, of the text and the borders where the chart stands. */
function coloursOf(canvas: HTMLCanvasElement, swatches: readonly Element[]): Colours {
  const place = getComputedStyle(canvas.parentElement ?? canvas);
  return { series: swatches.map((swatch) => getComputedStyle(swatch).color), text: place.color, line: place.borderBlockStartColor };
}

function configurationOf(data: () => ChartData, { series, text, line }: Colours): ChartConfiguration<'bar'> {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const ticks = { color: text, font: { size: 12 } };
  return {
    type: 'bar',
    data: {
      labels: [...data().labels],
      datasets: data().series.map(({ name, values }, at) => ({
        label: name,
        data: [...values],
        backgroundColor: series[at] ?? text,
        borderRadius: 3,
        maxBarThickness: 36,
      })),
    },
    options: {
      maintainAspectRatio: false,
      animation: still ? false : { duration: MOTION_MS },
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, border: { color: line }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 } },
        y: { beginAtZero: true, grid: { color: line }, border: { display: false }, ticks: { ...ticks, precision: 0, maxTicksLimit: 6, callback: (value) => data().formatScale(Number(value)) } },
      },
      plugins: {
        tooltip: { callbacks: { label: ({ dataset, datasetIndex, dataIndex }) => `${dataset.label}: ${data().format(data().series[datasetIndex]?.values[dataIndex] ?? 0, datasetIndex)}` } },
      },
    },
  };
}

/** Draws the data into the canvas, in the colours of the swatches. */
export function draw(canvas: HTMLCanvasElement, first: ChartData, swatches: readonly Element[]): Drawing {
  let data = first;
  const chart = new Chart(canvas, configurationOf(() => data, coloursOf(canvas, swatches)));
  const renew = (colours: Colours) => {
    const next = configurationOf(() => data, colours);
    chart.data.labels = next.data.labels ?? [];
    // The same bars with other values grow to them; new ones would rise from zero.
    next.data.datasets.forEach((dataset, at) => {
      const shown = chart.data.datasets[at];
      if (shown) {
        Object.assign(shown, dataset);
      } else {
        chart.data.datasets.push(dataset);
      }
    });
    chart.data.datasets.length = next.data.datasets.length;
    chart.options = next.options ?? {};
    chart.update();
  };
  let current = swatches;
  return {
    show(next) {
      data = next;
      renew(coloursOf(canvas, current));
    },
    recolour(next) {
      current = next;
      renew(coloursOf(canvas, current));
    },
    end: () => chart.destroy(),
  };
}
