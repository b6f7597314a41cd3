import { hashToken } from '#platform/auth'
import type { DatabaseSettings, SentStatement } from '#platform/db'
import { capture } from '../capture.ts'
import { explain, replay } from '../replay.ts'
import type { England, Visitor } from './given.ts'
import { kinds, type Kind } from './mix.ts'
import { standIns, startOf, type StandIn } from './stand-ins.ts'
import { visit } from './visits.ts'
import { browserWithin, tokenOf } from './within.ts'

interface Captured {
  readonly sent: readonly SentStatement[]
  /** The slot or the medicine that the visit was about. */
  readonly about: string | undefined
}

/**
 * Transactions a second that the database alone does with the same statements: those of one visit of
 * each kind, captured once and sent again by a driver for other people of other practices, their
 * slots and their medicines, then weighed by how often each kind comes.
 */
export async function sqlOnly(
  database: { readonly url: string; readonly connection: DatabaseSettings },
  england: England,
  visits: Readonly<Record<Kind, number>>,
  seconds: number,
): Promise<{ readonly perSecond: number; readonly statements: number }> {
  let [secondsOfAll, statements] = [0, 0]
  for (const [place, kind] of kinds.entries()) {
    const { sent, renew, kept } = await captureVisit(database.connection, england, kind, place)
    const perSecond = await replay(database.url, sent, seconds / kinds.length, renew, kept)
    secondsOfAll += visits[kind] / perSecond
    statements += visits[kind] * sent.length
  }
  const transactions = visits.booking + visits.request
  return { perSecond: transactions / secondsOfAll, statements: statements / transactions }
}

/** Prints how the database goes about each statement of a visit of each kind. */
export async function explainVisits(
  database: { readonly url: string; readonly connection: DatabaseSettings },
  england: England,
): Promise<void> {
  for (const [place, kind] of kinds.entries()) {
    const { sent, renew, kept } = await captureVisit(database.connection, england, kind, place)
    await explain(database.url, kind, sent, renew(0) ?? new Map(), kept)
  }
}

/** The statements of one visit, and who they are sent again for in which turn. */
async function captureVisit(
  settings: DatabaseSettings,
  england: England,
  kind: Kind,
  place: number,
) {
  const person = england.visitor(place)
  const { sent, about } = await statementsOf(settings, kind, person)
  const others = await standIns(settings, kind)
  const known = await knownOf(settings, person, about)
  return {
    sent,
    renew: (turn: number) =>
      renewing(known, others[kind === 'record' ? turn % others.length : turn]),
    kept: new Set([person.patientId, person.accountId]),
  }
}

/** What stands in the captured statements for the person and what they came for. */
async function knownOf(
  settings: DatabaseSettings,
  { practice, patientId, accountId, cookie }: Visitor,
  about: string | undefined,
): Promise<StandIn> {
  const startsAt = about === undefined ? undefined : await startOf(settings, practice, about)
  const tokenHash = hashToken(tokenOf(cookie))
  return { practice, patientId, accountId, tokenHash, about, startsAt }
}

function renewing(
  known: StandIn,
  other: StandIn | undefined,
): ReadonlyMap<string, string> | undefined {
  if (!other) return undefined
  const pairs = (
    ['practice', 'patientId', 'accountId', 'tokenHash', 'about', 'startsAt'] as const
  ).flatMap((name) => {
    const [from, to] = [known[name], other[name]]
    return from === undefined || to === undefined ? [] : [[from, to] as const]
  })
  return new Map(pairs)
}

async function statementsOf(
  settings: DatabaseSettings,
  kind: Kind,
  { cookie }: Visitor,
): Promise<Captured> {
  let about: string | undefined
  const sent = await capture(settings, async (app) => {
    const browser = browserWithin(app, cookie, (form) => {
      about = form['slot'] ?? form['medicine'] ?? about
    })
    const ended = await visit(kind, browser, Math.random)
    if (ended.end === 'wrong') throw new Error(`${ended.path} answered ${ended.status}`)
    if (ended.end === 'nothing-left') throw new Error(`Nothing is left for a visit: ${kind}`)
  })
  return { sent, about }
}
