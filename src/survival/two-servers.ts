import { setTimeout as delay } from 'node:timers/promises'
import { clientFor, type DatabaseSettings } from '#platform/db'
import { checkAll, untilJobsDone } from './checks.ts'
import { acknowledgedByKind, openJournal } from './journal.ts'
import { startLoad } from './load.ts'
import type { Outcome } from './outcome.ts'
import type { Size } from './practice.ts'
import { keepServer } from './processes.ts'
import { fillSurgery } from './fill-surgery.ts'
import type { Target } from './targets.ts'

/**
 * Two servers on one database, started at the same moment so that what each does by itself meets.
 * Half of the people use one, half the other, and each server is killed in its turn: whoever was on
 * it goes on at the other. Sign-outs on one are tried on the other at once.
 */
export async function twoServers(
  target: Target,
  { seconds, size }: { readonly seconds: number; readonly size: Size },
): Promise<Outcome> {
  const journal = openJournal()
  const { surgery, slotIds } = await fillSurgery(target.settings, size)
  const servers = await Promise.all([
    keepServer(target.environment),
    keepServer(target.environment),
  ])
  const patientIds = surgery.patients.map(({ patientId }) => patientId)
  try {
    await Promise.all(servers.map((server) => server.untilReady()))
    const ports = servers.map(({ port }) => port)
    const load = startLoad(surgery, slotIds, ports, journal)
    await delay(seconds * 1000)
    for (const server of servers) {
      server.kill()
      await delay(3000)
      await server.untilReady()
      await delay(3000)
    }
    await load.stop()
    const breaches = [
      ...(await untilJobsDone(target.settings, 120)),
      ...(await doneTwice(target.settings)),
      ...servers.flatMap(({ starts }) => starts.said.map((said) => `a server ended: ${said}`)),
    ]
    const found = await checkAll(target.settings, journal, patientIds)
    const { answers } = load
    if (answers.some((count) => count === 0)) breaches.push('one of the servers answered nobody')
    return {
      figures: {
        'answers of the first': answers[0] ?? 0,
        'answers of the second': answers[1] ?? 0,
        ...Object.fromEntries(
          Object.entries(acknowledgedByKind(journal)).map(([kind, many]) => [`ack. ${kind}`, many]),
        ),
        ...journal.counts,
        'jobs done': await jobsDone(target.settings),
        'of them the practice’s own': await jobsDone(target.settings, isOwn),
        'sealed audit events': found.sealedEvents,
      },
      breaches: [...journal.breaches, ...breaches, ...found.breaches],
    }
  } finally {
    journal.isAbandoned = true
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** Jobs that nobody's request asked for. */
const isOwn = `not payload ?| array['patientId', 'slotId']`

/** Work that belongs to a practice rather than to somebody's request, and was begun twice. */
async function doneTwice(settings: DatabaseSettings): Promise<readonly string[]> {
  return asRows(
    settings,
    `select count(*) || ' jobs ' || kind || ' for the same' as what
    from jobs.job
    where ${isOwn}
    group by practice, kind, payload, run_at::date
    having count(*) > 1
    union all
    select 'a notice has ' || count(*) || ' events'
    from audit.event
    where type = 'messages.notice-written'
    group by practice, details ->> 'noticeId'
    having count(*) > 1`,
  )
}

async function jobsDone(settings: DatabaseSettings, which = 'true'): Promise<number> {
  const [count] = await asRows(
    settings,
    `select count(*)::text as what from jobs.job where done_at is not null and ${which}`,
  )
  return Number(count)
}

async function asRows(settings: DatabaseSettings, text: string): Promise<readonly string[]> {
  const client = clientFor(settings, 'patient-online-survival')
  await client.connect()
  try {
    const { rows } = await client.query<{ what: string }>(text)
    return rows.map(({ what }) => what)
  } finally {
    await client.end()
  }
}
