import type { Database, DatabaseSettings } from '#platform/db'
import { percentile, rounded } from '../figures.ts'
import { past } from '../history.ts'
import { openLeanClient } from '../lean-client.ts'
import { watchProcessor, type ProcessorUse } from '../processor.ts'
import { startAndStop, startServer } from '../server.ts'
import { compare, storedSince, type Counted } from './count.ts'
import { gather, transactionsOf, type Tally } from './drive.ts'
import { makeEngland, type England } from './given.ts'
import { explainVisits, sqlOnly } from './limit.ts'
import { month, recordPagesEach, visitsInMonth } from './mix.ts'
import { measureSignIns } from './sign-ins.ts'

/** Transactions before anything is counted: plans are made once for each connection. */
const warmUp = 600
const limitSeconds = 9

interface Asked {
  /** Of the month, above 0 and at most 1. */
  readonly share: number
  readonly practices: number
  /** On the mean list. */
  readonly patients: number
  /** Record pages looked at for each transaction. */
  readonly recordPages: number
  readonly connections: number
  /** Print how the database goes about each statement, and measure nothing. */
  readonly explain: boolean
}

/**
 * A share of England's month as fast as it goes: everybody comes signed in, looks at what leads
 * there, and books, orders or reads. Afterwards the database is asked what is there of what was
 * confirmed.
 */
export async function monthBench(
  db: Database,
  database: { readonly url: string; readonly connection: DatabaseSettings },
  asked: Asked,
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const england = await makeEngland(db, database.connection, asked, {
    settle: () => startAndStop(database.url),
  })
  if (asked.explain) {
    await explainVisits(database, england)
    return { figures: {}, notes: [] }
  }
  const visits = visitsInMonth(asked.recordPages)
  const wanted = Math.round((month.bookings + month.requests) * asked.share)
  const server = await startServer(database.url)
  const since = db.now()
  const client = openLeanClient(server.port, asked.connections)
  const warming = gather(client, england, visits, asked.connections)
  await warming.run((transactions) => transactions >= warmUp)
  const crowd = gather(client, england, visits, asked.connections)
  const used = await watchProcessor(database.url, server.pid)
  const began = performance.now()
  await crowd.run((transactions) => transactions >= wanted || crowd.tally.wrong > wanted / 10)
  const seconds = (performance.now() - began) / 1000
  const processor = await used()
  client.close()
  const stored = await storedSince(database.connection, since)
  const booked = compare([...warming.tally.bookings, ...crowd.tally.bookings], stored.bookings)
  const ordered = compare([...warming.tally.requests, ...crowd.tally.requests], stored.requests)
  const signIns = await measureSignIns(db, database.url, server)
  await server.stop()
  const limit = await sqlOnly(database, england, visits, limitSeconds)
  const perSecond = transactionsOf(crowd.tally) / seconds
  return {
    figures: {
      ...measured(crowd.tally, seconds, processor),
      ...countedFigures(booked, ordered),
      sqlOnlyPerSecond: rounded(limit.perSecond),
      ratioToSqlOnly: Math.round((perSecond / limit.perSecond) * 1000) / 1000,
      statementsEach: rounded(limit.statements),
      signInServerMs: signIns.serverMs,
      signInDatabaseMs: signIns.databaseMs,
      signInsPerSecond: signIns.perSecond,
      ...extrapolated(perSecond, visits, signIns.perSecond),
    },
    notes: notesOf(asked, england, crowd.tally, seconds),
  }
}

function measured(
  tally: Tally,
  seconds: number,
  processor: ProcessorUse,
): Readonly<Record<string, number>> {
  const transactions = transactionsOf(tally)
  const each = (cpuSeconds: number) => Math.round((cpuSeconds / transactions) * 1e6)
  return {
    transactions,
    bookings: tally.bookings.length,
    requests: tally.requests.length,
    recordVisits: tally.visits.record,
    pages: tally.times.length,
    seconds: rounded(seconds),
    transactionsPerSecond: rounded(transactions / seconds),
    pagesPerSecond: rounded(tally.times.length / seconds),
    p50Ms: rounded(percentile(tally.times, 0.5)),
    p99Ms: rounded(percentile(tally.times, 0.99)),
    errors: tally.wrong,
    nothingLeft: tally.nothingLeft,
    serverUs: each(processor.serverCpuSeconds),
    databaseUs: each(processor.databaseCpuSeconds),
    clientUs: each(processor.clientCpuSeconds),
    serverPeakMib: processor.serverPeakMib,
  }
}

function countedFigures(booked: Counted, ordered: Counted): Readonly<Record<string, number>> {
  return {
    acknowledged: booked.acknowledged + ordered.acknowledged,
    lostAcknowledged: booked.lost + ordered.lost,
    doubled: booked.doubled + ordered.doubled,
    storedUnasked: booked.unasked + ordered.unasked,
  }
}

/** What was not measured: the whole month at this pace, and with a sign-in before each visit. */
function extrapolated(
  perSecond: number,
  visits: ReturnType<typeof visitsInMonth>,
  signInsPerSecond: number,
): Readonly<Record<string, number>> {
  const all = visits.booking + visits.request + visits.record
  const minutes = (month.bookings + month.requests) / perSecond / 60
  return {
    monthInMinutes: rounded(minutes),
    monthWithSignInsInMinutes: rounded(minutes + all / signInsPerSecond / 60),
  }
}

function notesOf(
  { share, recordPages, connections }: Asked,
  { practices, patients }: England,
  tally: Tally,
  seconds: number,
): readonly string[] {
  return [
    `measured: ${share} of the month in ${rounded(seconds)} s; monthInMinutes and monthWithSignInsInMinutes are extrapolated from it`,
    `${practices} practices, ${patients} patients, each with ${past.appointments} past appointments and ${past.requests} past requests; ${connections} connections`,
    `a booking: home, list, form, confirm, booked; a request: home, list, check, confirm, shown; a record visit: home and ${recordPagesEach} pages; ${recordPages} record pages a transaction`,
    'everybody comes signed in; sign-ins by password and code are measured by themselves, each after the month',
    'Us is processor time for one transaction with all the looking around it; sqlOnly: the same statements from 16 driver connections; no HTTP, no rendering',
    'the database analyses nothing by itself meanwhile; server, database and client share this machine',
    ...(tally.wrong > 0 ? [`the first error: ${tally.firstWrong}`] : []),
  ]
}
