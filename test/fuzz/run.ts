import { Agent } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { faultsOf, formatRequest, type Finding } from './checks.ts'
import { makeCorpus, type Corpus } from './corpus.ts'
import { oddCookies } from './headers.ts'
import { aHostileRequest, type Hostile } from './requests.ts'
import { ask, askByWire, isAskable, type Incoming, type Outgoing } from './send.ts'
import { keepSignedIn, type Person, type Visiting } from './visitors.ts'

/** What is attacked, by whom, and what no answer may hold. */
export interface Target {
  readonly app: FastifyInstance
  readonly people: readonly Person[]
  /** The held words that an answer to this person holds, if any. */
  readonly forbidden: (person: Person) => (text: string) => string | undefined
  /** Faults that the server logged since the last call. */
  readonly faults: () => readonly object[]
  /** Told between rounds: runs jobs, looks at the database. Gives what is wrong. */
  readonly between: () => Promise<readonly string[]>
}

/** What a run met. */
export interface Outcome {
  readonly requests: number
  readonly findings: readonly Finding[]
  readonly statuses: ReadonlyMap<number, number>
  /** Routes that gave somebody a page or took a form. */
  readonly routesReached: ReadonlySet<string>
  readonly renewals: number
  readonly slowestMs: number
  readonly slowest: string
  readonly heapAfterWarmUp: number
  readonly heapAtEnd: number
}

const perRound = 240
const atOnce = 6
const byWireOneIn = 20

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Sends so many hostile requests, in rounds, each by somebody drawn, the same for the same seed. */
export async function runFuzz(
  target: Target,
  plan: {
    readonly requests: number
    readonly seed: number
    readonly onRound?: (sent: number, findings: readonly Finding[]) => void
  },
): Promise<Outcome> {
  const run = startRun(target)
  const rounds = Math.ceil(plan.requests / perRound)
  const warmUp = Math.ceil(rounds / 5)
  let heapAfterWarmUp = 0
  await keepSignedIn(target.app, run.visiting)
  for (const one of run.visiting) await look(run, one, Math.min(60, plan.requests / 30))
  for (let round = 0; round < rounds; round++) {
    await runRound(run, plan.seed * 1_000_003 + round, round)
    if (round === warmUp) heapAfterWarmUp = heapNow()
    plan.onRound?.(run.sent, run.findings)
  }
  run.agent.destroy()
  return { ...run.outcome(), heapAfterWarmUp, heapAtEnd: heapNow() }
}

type Run = ReturnType<typeof startRun>

function startRun(target: Target) {
  const visiting: readonly Visiting[] = target.people.map((person) => ({
    person,
    credentials: undefined,
  }))
  const corpus = makeCorpus()
  const findings: Finding[] = []
  const statuses = new Map<number, number>()
  const routesReached = new Set<string>()
  const run = {
    target,
    visiting,
    corpus,
    findings,
    statuses,
    routesReached,
    agent: new Agent({ keepAlive: true, maxSockets: atOnce }),
    sent: 0,
    renewals: 0,
    slowestMs: 0,
    slowest: '',
    outcome: () => ({
      requests: run.sent,
      findings,
      statuses,
      routesReached,
      renewals: run.renewals,
      slowestMs: run.slowestMs,
      slowest: run.slowest,
    }),
  }
  return run
}

async function runRound(run: Run, seed: number, round: number): Promise<void> {
  const one = run.visiting[round % run.visiting.length]
  if (!one) return
  run.renewals += await keepSignedIn(run.target.app, [one])
  const routes = routesOf(run.target.app, seed)
  const requests = fc.sample(aHostileRequest(one.person.name, run.corpus, routes), {
    numRuns: perRound,
    seed,
  })
  const waiting = requests.entries()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, hostile] of waiting) await sendOne(run, one, hostile, index)
    }),
  )
  for (const what of await run.target.between())
    run.findings.push({ what, person: one.person.name, request: `round ${round}` })
}

const expensive = /^POST .*(sign-in|join|sign-up|password|confirm|recovery|sign-out)/

/** Every route, without those that only cost time (they hash passwords) in most rounds. */
function routesOf(app: FastifyInstance, seed: number): readonly string[] {
  const all = app.routeTable
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !route.includes('/assets/'))
  return seed % 8 === 0 ? all : all.filter((route) => !expensive.test(route))
}

async function sendOne(run: Run, one: Visiting, hostile: Hostile, index: number): Promise<void> {
  if (expensive.test(`${hostile.method} ${hostile.url}`) && index % 8 !== 0) return
  const outgoing = dressed(run, one, hostile, index)
  const isByWire = index % byWireOneIn === 0 || !isAskable(outgoing.method)
  const answer = await (isByWire
    ? askByWire(run.target.app, run.agent, outgoing)
    : ask(run.target.app, outgoing).catch(unsendable))
  if (answer.status === 0) return
  note(run, one, outgoing, answer)
}

/** An address that no address can be made of never leaves a client. */
function unsendable(fault: unknown): Incoming {
  if (fault instanceof TypeError) return { status: 0, headers: {}, body: '', ms: 0 }
  throw fault
}

function dressed(run: Run, one: Visiting, hostile: Hostile, index: number): Outgoing {
  const other = run.visiting[(index * 7 + 1) % run.visiting.length]?.credentials
  const own = one.credentials
  const odd = oddCookies[index % oddCookies.length] ?? ''
  const cookie = {
    own: own?.cookie,
    none: undefined,
    // The cookies of staff would show what staff may see.
    other: one.person.start === '/practice' ? other?.cookie : own?.cookie,
    broken: own ? `${own.cookie.slice(0, -1 - (index % 60))}; ${odd}` : odd,
    both: own ? `${odd}; ${own.cookie}` : odd,
  }[hostile.cookie]
  const token = (of: { readonly csrf: string } | undefined) => `_csrf=${of?.csrf ?? ''}`
  const said = {
    own: token(own),
    none: '',
    other: token(other),
    twice: `${token(own)}&${token(own)}`,
  }[hostile.token]
  const { body, headers } = hostile
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  return {
    method: hostile.method,
    url: hostile.url === '' ? '/' : hostile.url,
    headers: { ...headers, ...(cookie !== undefined && { cookie }) },
    body: body && isForm ? Buffer.concat([Buffer.from(`${said}&`), body]) : body,
    from: `10.${index % 250}.${Math.floor(run.sent / 250) % 250}.${run.sent % 250}`,
  }
}

function note(run: Run, one: Visiting, outgoing: Outgoing, answer: Incoming): void {
  const { person } = one
  run.sent++
  run.statuses.set(answer.status, (run.statuses.get(answer.status) ?? 0) + 1)
  for (const what of faultsOf(answer, run.target.forbidden(person))) {
    const inside = answer.status >= 500 ? ` ${JSON.stringify(run.target.faults())}` : ''
    const request = formatRequest(outgoing)
    run.findings.push({ what: `${what}${inside}`, person: person.name, request })
  }
  if (answer.ms > run.slowestMs) {
    run.slowestMs = answer.ms
    run.slowest = `${person.name}: ${formatRequest(outgoing)}`
  }
  if (answer.status >= 400) return
  run.routesReached.add(`${outgoing.method} ${outgoing.url.split('?')[0] ?? ''}`)
  if (answer.headers['content-type']?.toString().startsWith('text/html') === true)
    run.corpus.learn(person.name, answer.body)
}

/** Walks a person's pages some steps, so that there is something to change. */
async function look(run: Run, one: Visiting, steps: number): Promise<void> {
  const { person, credentials } = one
  const headers: Record<string, string> = credentials ? { cookie: credentials.cookie } : {}
  const walk = async (url: string): Promise<void> => {
    const outgoing = { method: 'GET', url, headers, body: undefined, from: '10.0.0.1' }
    note(run, one, outgoing, await ask(run.target.app, outgoing))
  }
  await walk(person.start)
  const seen = new Set<string>()
  for (let step = 0; step < steps; step++) {
    const next = linksOf(run.corpus, person).find((url) => !seen.has(url))
    if (next === undefined) return
    seen.add(next)
    await walk(next)
  }
}

function linksOf(corpus: Corpus, { name }: Person): readonly string[] {
  return corpus
    .samplesOf(name)
    .filter(({ method }) => method === 'GET')
    .map(({ url }) => url)
}

function heapNow(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
