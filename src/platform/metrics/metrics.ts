import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the service counts of itself. Labels are routes as registered, never addresses as asked. */
export interface Metrics {
  /** One request answered, in seconds from its first byte to its answer. */
  answered(method: string, route: string, status: number, seconds: number): void
  /** One request turned away because too many were waiting. */
  turnedAway(): void
  /** A figure that is read whenever the metrics are. Read faults leave it out of that answer. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void
  /** Everything as Prometheus reads it. */
  text(): Promise<string>
  readonly contentType: string
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Starts counting; with `process`, the process's memory, processor and event loop as well. */
export function openMetrics(of: { readonly process: boolean } = { process: false }): Metrics {
  const registry = new Registry()
  if (of.process) collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests answered, by route and class of status',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [registry],
  })
  const refused = new Counter({
    name: 'http_requests_turned_away_total',
    help: 'Requests answered with 503 because too many were waiting',
    registers: [registry],
  })
  return {
    answered: (method, route, status, took) =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, took),
    turnedAway: () => refused.inc(),
    gauge: (name, help, read) => addGauge(registry, name, help, read),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function addGauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number | Promise<number>,
): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      await Promise.resolve()
        .then(read)
        .then(
          (value) => this.set(value),
          () => gauge.remove(),
        )
    },
  })
}
