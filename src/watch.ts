import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import { readBacklog, type Backlog } from '#platform/jobs'
import { serveMetrics, type Metrics } from '#platform/metrics'

/** The metrics cannot be served. The message is one line for the person at the console. */
export class WatchFailure extends Error {
  override readonly name = 'WatchFailure'
}

/** Adds what is known of the database and of jobs to the metrics, and serves them where asked to. */
export async function startWatching(
  { metrics: address }: Config,
  db: Database,
  metrics: Metrics,
): Promise<{ stop(): Promise<void> }> {
  addGauges(db, metrics)
  if (address === undefined) return { stop: () => Promise.resolve() }
  try {
    return await serveMetrics(metrics, address.port, address.host)
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : 'unknown'
    throw new WatchFailure(
      `Port ${address.port} on ${address.host}, for metrics, cannot be opened (${String(code)}).`,
      { cause: fault },
    )
  }
}

function addGauges(db: Database, metrics: Metrics): void {
  const gauge: Metrics['gauge'] = (name, help, read) => metrics.gauge(name, help, read)
  gauge('db_connections_open', 'Connections to the database', () => db.connections().open)
  gauge('db_connections_idle', 'Of those, without work', () => db.connections().idle)
  gauge('db_connections_waited_for', 'Callers that wait for one', () => db.connections().waiting)
  const backlog = shared(() => readBacklog(db))
  const ofJobs = (name: string, help: string, read: (found: Backlog) => number) =>
    gauge(name, help, async () => read(await backlog()))
  ofJobs('jobs_due', 'Jobs due and not done', ({ due }) => due)
  ofJobs('jobs_given_up', 'Jobs no longer tried', ({ givenUp }) => givenUp)
  ofJobs('jobs_oldest_due_seconds', 'Age of the oldest due', ({ oldestSeconds }) => oldestSeconds)
}

/** One reading for all who ask while it is under way. */
function shared<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let current: Promise<Value> | undefined
  return () => {
    current ??= read().finally(() => {
      current = undefined
    })
    return current
  }
}
