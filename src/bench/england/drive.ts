import { csrfToken } from '#platform/auth'
import type { Answer, Client } from '../client.ts'
import type { England } from './given.ts'
import { inProportion, type Kind } from './mix.ts'
import { visit, type Browser, type Ended, type Seen } from './visits.ts'
import { tokenOf } from './within.ts'

/** What clients saw, over all that they did so far. */
export interface Tally {
  readonly visits: Record<Kind, number>
  /** Ids that were confirmed. */
  readonly bookings: string[]
  readonly requests: string[]
  /** Milliseconds of each answer. */
  readonly times: number[]
  nothingLeft: number
  /** Visits that ended with an answer that should not have come, and the first of them in words. */
  wrong: number
  firstWrong: string
  bytes: number
}

/** Clients that come as in the month, on and on. */
export interface Crowd {
  readonly tally: Tally
  /** So many visits at once, until `isOver`, which is told the transactions so far. Whoever is in ends their visit. */
  run(isOver: (transactions: number) => boolean): Promise<void>
}

/** Bookings and requests that were confirmed. */
export const transactionsOf = ({ bookings, requests }: Tally): number =>
  bookings.length + requests.length

/** A tally of nothing. */
function emptyTally(): Tally {
  return {
    visits: { booking: 0, request: 0, record: 0 },
    bookings: [],
    requests: [],
    times: [],
    nothingLeft: 0,
    wrong: 0,
    firstWrong: '',
    bytes: 0,
  }
}

/** Lets people of England come through this client, so many at a time, in these proportions. */
export function gather(
  client: Client,
  england: England,
  visits: Readonly<Record<Kind, number>>,
  atOnce: number,
): Crowd {
  const order = inProportion(visits)
  const tally = emptyTally()
  let turn = 0
  const one = async (isOver: (transactions: number) => boolean): Promise<void> => {
    while (!isOver(transactionsOf(tally))) {
      const kind = order.next().value
      const { cookie } = england.visitor(turn++)
      const browser = browserOf(client, cookie, tally)
      const ended = await visit(kind, browser, Math.random).catch(broken)
      tally.visits[kind]++
      note(tally, kind, ended)
    }
  }
  return {
    tally,
    run: async (isOver) => {
      await Promise.all(Array.from({ length: atOnce }, () => one(isOver)))
    },
  }
}

const broken = (): Ended => ({ end: 'wrong', path: 'a connection that broke', status: 0 })

function note(tally: Tally, kind: Kind, ended: Ended): void {
  if (ended.end === 'acknowledged')
    (kind === 'booking' ? tally.bookings : tally.requests).push(ended.id)
  if (ended.end === 'nothing-left') tally.nothingLeft++
  if (ended.end !== 'wrong') return
  if (tally.wrong++ === 0) tally.firstWrong = `${ended.path} answered ${ended.status}`
}

function browserOf(client: Client, cookie: string, tally: Tally): Browser {
  const counted = ({ status, location, body, ms, bytes }: Answer): Seen => {
    tally.times.push(ms)
    tally.bytes += bytes
    return { status, location, body }
  }
  const _csrf = csrfToken(tokenOf(cookie))
  return {
    get: async (path) => counted(await client.get(path, cookie)),
    post: async (path, form) => counted(await client.post(path, cookie, { _csrf, ...form })),
  }
}
