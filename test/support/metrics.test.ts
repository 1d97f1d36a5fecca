import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/support/metrics.ts';

describe('createMetrics', () => {
  it('renders counters, gauges and histograms in Prometheus text', () => {
    const metrics = createMetrics();
    const requests = metrics.counter('requests_total', 'Requests.');
    metrics.gauge('entities', 'Entities.', () => 7);
    const seconds = metrics.histogram('seconds', 'Time.', [0.1, 1]);

    requests.increment({ path: 'a"b\\c\nd' });
    requests.increment({ path: 'a"b\\c\nd' }, 2);
    seconds.observe(0.05);
    seconds.observe(0.5);
    seconds.observe(5);

    expect(metrics.render()).toBe(
      [
        '# HELP requests_total Requests.',
        '# TYPE requests_total counter',
        'requests_total{path="a\\"b\\\\c\\nd"} 3',
        '# HELP entities Entities.',
        '# TYPE entities gauge',
        'entities 7',
        '# HELP seconds Time.',
        '# TYPE seconds histogram',
        'seconds_bucket{le="0.1"} 1',
        'seconds_bucket{le="1"} 2',
        'seconds_bucket{le="+Inf"} 3',
        'seconds_sum 5.55',
        'seconds_count 3',
        '',
      ].join('\n'),
    );
  });

  it('bounds the number of series', () => {
    const metrics = createMetrics();
    const counter = metrics.counter('c', 'C.');

    for (let index = 0; index < 1_000; index += 1) counter.increment({ id: String(index) });

    expect(metrics.render().split('\n').length).toBeLessThan(210);
    expect(metrics.render()).toContain('c{overflow="true"} 800');
  });

  it('refuses a name twice', () => {
    const metrics = createMetrics();
    metrics.counter('c', 'C.');

    expect(() => metrics.counter('c', 'C.')).toThrow('registered twice');
  });
});
