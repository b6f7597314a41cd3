import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { NoAnswer, openClient, type Answer, type Client } from '../bench/client.ts'
import { openLeanClient } from '../bench/lean-client.ts'
import { percentile, rounded } from '../bench/figures.ts'
import { checkAll } from './checks.ts'
import { fillSurgery } from './fill-surgery.ts'
import { acknowledgedByKind, openJournal, type Journal } from './journal.ts'
import { startLoad } from './load.ts'
import type { Outcome } from './outcome.ts'
import type { Size, Surgery } from './practice.ts'
import { keepServer, type KeptServer } from './processes.ts'
import type { Target } from './targets.ts'

/** Megabytes that the server may have in memory, whatever is asked of it. */
const mostMib = 600

/** Seconds within which the service answers as before, once the flood is over. */
const recoverySeconds = 5

/**
 * Many more clients than can be served, each asking again as soon as it is answered. Nobody may be
 * left hanging; whoever is turned away is told when to come back, on a page; those who are signed in
 * go first; memory stays bounded; and after the flood the service is soon as it was.
 */
export async function overload(
  target: Target,
  asked: { readonly clients: number; readonly seconds: number; readonly size: Size },
): Promise<Outcome> {
  const journal = openJournal()
  const { surgery, slotIds } = await fillSurgery(target.settings, asked.size)
  const server = await keepServer(target.environment)
  try {
    await server.untilReady()
    const calm = openClient(server.port, 8, 45_000)
    await probe(calm, surgery, 3)
    const before = await probe(calm, surgery, 8)

    const load = startLoad(surgery, slotIds, [server.port], journal)
    const tally = await flood(server, surgery, asked)
    const overAt = performance.now()
    await load.stop()
    const recovered = await untilAsBefore(calm, surgery, overAt, percentile(before, 0.99))
    const after = await probe(calm, surgery, 8)
    calm.close()
    const patientIds = surgery.patients.map(({ patientId }) => patientId)
    const found = await checkAll(target.settings, journal, patientIds)
    return {
      figures: {
        clients: asked.clients,
        ...figuresOf(tally, asked.seconds),
        ...acknowledgedByKind(journal),
        'processor seconds of the crowd': rounded(tally.crowdSeconds),
        'server memory MiB at most': tally.mostMib,
        'p99 ms before': rounded(percentile(before, 0.99)),
        'p99 ms after': rounded(percentile(after, 0.99)),
        'seconds to recover': rounded(recovered),
      },
      breaches: [
        ...journal.breaches,
        ...found.breaches,
        ...breachesOf(tally, journal, recovered),
        ...server.starts.said.map((said) => `the server ended: ${said}`),
      ],
    }
  } finally {
    journal.isAbandoned = true
    await server.stop()
  }
}

interface Group {
  answered: number
  turnedAway: number
}

interface Tally {
  readonly signedIn: Group
  readonly others: Group
  readonly turnedAwayMs: number[]
  hanging: number
  broken: number
  faults: number
  withoutWord: number
  mostMib: number
  /** Of processor, that the crowd itself took from the machine. */
  crowdSeconds: number
}

/** Half of the crowd is signed in; each has a connection of its own. */
async function flood(
  server: KeptServer,
  { patients }: Surgery,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<Tally> {
  const tally: Tally = {
    signedIn: { answered: 0, turnedAway: 0 },
    others: { answered: 0, turnedAway: 0 },
    turnedAwayMs: [],
    hanging: 0,
    broken: 0,
    faults: 0,
    withoutWord: 0,
    mostMib: 0,
    crowdSeconds: 0,
  }
  const crowd = openLeanClient(server.port, clients, 45_000)
  const end = performance.now() + seconds * 1000
  const one = async (index: number): Promise<void> => {
    const isSignedIn = index % 2 === 0
    const cookie = isSignedIn ? (patients[index % patients.length]?.cookie ?? '') : ''
    const path = isSignedIn ? '/appointments' : '/sign-in'
    while (performance.now() < end) {
      const answer = await crowd.get(path, cookie).catch((fault: unknown) => {
        if (fault instanceof NoAnswer) tally.hanging++
        else tally.broken++
      })
      if (answer) note(tally, isSignedIn ? tally.signedIn : tally.others, answer)
      if (answer?.status !== 200) await delay(200 + Math.random() * 600)
    }
  }
  const before = process.cpuUsage()
  const watching = watchMemory(server, tally, end)
  await Promise.all(Array.from({ length: clients }, (_, index) => one(index)))
  await watching
  const { user, system } = process.cpuUsage(before)
  tally.crowdSeconds = (user + system) / 1_000_000
  crowd.close()
  return tally
}

function note(tally: Tally, group: Group, answer: Answer): void {
  if (answer.status === 200) group.answered++
  else if (answer.status === 503) {
    group.turnedAway++
    tally.turnedAwayMs.push(answer.ms)
    const saysWhen = Number(answer.retryAfter) >= 1
    if (!saysWhen || !answer.body.includes('very busy')) tally.withoutWord++
  } else tally.faults++
}

async function watchMemory(server: KeptServer, tally: Tally, end: number): Promise<void> {
  while (performance.now() < end) {
    tally.mostMib = Math.max(tally.mostMib, residentMib(server.pid()))
    await delay(200)
  }
}

function residentMib(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

/** A few people who look at a page in turn: how long each answer took. Slower ones count as they are. */
async function probe(
  client: Client,
  { patients }: Surgery,
  seconds: number,
): Promise<readonly number[]> {
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  const one = async (index: number): Promise<void> => {
    while (performance.now() < end) {
      const answer = await client.get('/appointments', patients[index]?.cookie ?? '')
      times.push(answer.status === 200 ? answer.ms : 45_000)
    }
  }
  await Promise.all(Array.from({ length: 4 }, (_, index) => one(index)))
  return times
}

/** Seconds after the flood until twenty answers in a row came within twice the p99 of before. */
async function untilAsBefore(
  client: Client,
  { patients }: Surgery,
  overAt: number,
  p99: number,
): Promise<number> {
  let since: number | undefined
  for (let good = 0; good < 20;) {
    const began = performance.now()
    const answer = await client
      .get('/appointments', patients[0]?.cookie ?? '')
      .catch(() => undefined)
    const isGood = answer?.status === 200 && answer.ms <= 2 * p99
    since = isGood ? (since ?? began) : undefined
    good = isGood ? good + 1 : 0
    if (performance.now() - overAt > 60_000) return 60
  }
  return Math.max(0, ((since ?? overAt) - overAt) / 1000)
}

function figuresOf(tally: Tally, seconds: number): Readonly<Record<string, number>> {
  const { signedIn, others } = tally
  return {
    'signed in, answered': signedIn.answered,
    'signed in, turned away': signedIn.turnedAway,
    'others, answered': others.answered,
    'others, turned away': others.turnedAway,
    'answers a second': rounded((signedIn.answered + others.answered) / seconds),
    'turned away within ms, p99': rounded(percentile(tally.turnedAwayMs, 0.99)),
    'left hanging': tally.hanging,
    'broken connections': tally.broken,
    'answers of 500': tally.faults,
    'turned away without a word': tally.withoutWord,
  }
}

function breachesOf(tally: Tally, journal: Journal, recovered: number): readonly string[] {
  const { signedIn, others } = tally
  const share = ({ answered, turnedAway }: Group) => answered / Math.max(1, answered + turnedAway)
  return [
    tally.hanging > 0 && `${tally.hanging} were left hanging`,
    tally.broken > 0 && `${tally.broken} connections broke`,
    tally.faults + journal.counts.answers5xx > 0 &&
      `${tally.faults + journal.counts.answers5xx} were answered with a fault`,
    tally.withoutWord > 0 && `${tally.withoutWord} were turned away without a word`,
    share(signedIn) < share(others) && 'those signed in did not go first',
    tally.mostMib > mostMib && `the server took ${tally.mostMib} MiB`,
    recovered > recoverySeconds && `it took ${rounded(recovered)} s to recover`,
  ].filter((one) => one !== false)
}
