/** Label names and values of one series: `{ route: '/healthz', status: '200' }`. Few values each, never data. */
export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  increment(labels?: Labels, by?: number): void;
}

export interface Histogram {
  /** `value` in the unit of the metric's name, which for durations is seconds. */
  observe(value: number, labels?: Labels): void;
}

export interface LabelledValue {
  readonly labels: Labels;
  readonly value: number;
}

/** A small registry in Prometheus's words. Names are registered once; a second registration throws. */
export interface Metrics {
  counter(name: string, help: string): Counter;
  /** `read` is called when the metrics are rendered. */
  gauge(name: string, help: string, read: () => number): void;
  /** A gauge with several series, read like one with a single value; at most 200 are shown. */
  gauges(name: string, help: string, read: () => readonly LabelledValue[]): void;
  /** `bounds` are the upper bounds of the buckets, ascending. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram;
  /** Prometheus text exposition format 0.0.4, in order of registration. */
  render(): string;
}

/** Bounds in seconds from a tenth of a millisecond to ten seconds. */
export const latencyBounds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] as const;

/** Series beyond this number in one metric are counted as one, so that no label can fill the memory. */
const maxSeries = 200;
const overflowLabels: Labels = { overflow: 'true' };

interface HistogramSeries {
  readonly counts: number[];
  sum: number;
  count: number;
}

export function createMetrics(): Metrics {
  const families = new Map<string, () => string>();

  function register(name: string, help: string, type: string, lines: () => readonly string[]): void {
    if (families.has(name)) throw new Error(`metric ${name} is registered twice`);
    families.set(name, () => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()].join('\n'));
  }

  return {
    counter: (name, help) => {
      const series = new Map<string, number>();
      register(name, help, 'counter', () =>
        [...series].map(([labels, value]) => `${name}${labels} ${value}`),
      );
      return {
        increment: (labels = {}, by = 1) => {
          const key = seriesKey(series, labels);
          series.set(key, (series.get(key) ?? 0) + by);
        },
      };
    },
    gauge: (name, help, read) => register(name, help, 'gauge', () => [`${name} ${read()}`]),
    gauges: (name, help, read) =>
      register(name, help, 'gauge', () =>
        read()
          .slice(0, maxSeries)
          .map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
      ),
    histogram: (name, help, bounds) => {
      const series = new Map<string, HistogramSeries>();
      register(name, help, 'histogram', () =>
        [...series].flatMap(([labels, values]) => histogramLines(name, labels, bounds, values)),
      );
      return {
        observe: (value, labels = {}) => {
          const key = seriesKey(series, labels);
          const values = series.get(key) ?? { counts: bounds.map(() => 0), sum: 0, count: 0 };
          series.set(key, values);
          const bucket = bounds.findIndex((bound) => value <= bound);
          if (bucket >= 0) values.counts[bucket] = (values.counts[bucket] ?? 0) + 1;
          values.sum += value;
          values.count += 1;
        },
      };
    },
    render: () => `${[...families.values()].map((lines) => lines()).join('\n')}\n`,
  };
}

function histogramLines(
  name: string,
  labels: string,
  bounds: readonly number[],
  values: HistogramSeries,
): readonly string[] {
  let cumulative = 0;
  const buckets = bounds.map((bound, index) => {
    cumulative += values.counts[index] ?? 0;
    return `${name}_bucket${withLabel(labels, `le="${bound}"`)} ${cumulative}`;
  });
  return [
    ...buckets,
    `${name}_bucket${withLabel(labels, 'le="+Inf"')} ${values.count}`,
    `${name}_sum${labels} ${values.sum}`,
    `${name}_count${labels} ${values.count}`,
  ];
}

function seriesKey(series: ReadonlyMap<string, unknown>, labels: Labels): string {
  const key = labelText(labels);
  return series.has(key) || series.size < maxSeries ? key : labelText(overflowLabels);
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function withLabel(labels: string, extra: string): string {
  return labels === '' ? `{${extra}}` : `${labels.slice(0, -1)},${extra}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
