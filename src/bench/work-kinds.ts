import { newId } from '#kernel/id'
import { csrfToken } from '#platform/auth'
import type { Answer } from './client.ts'
import type { SignedIn } from './people.ts'
import { readers, type Given } from './work-given.ts'

/** What is asked: a page, or with fields a form that is sent. */
export interface Asked {
  readonly path: string
  readonly cookie: string
  readonly fields?: Readonly<Record<string, string>>
}

/** One kind of work: what is asked in the `turn`th time, and what the right answer is. */
export interface Work {
  readonly name: string
  /** Absent where there is nothing left to ask. */
  readonly ask: (turn: number) => Asked | undefined
  readonly isRight: (answer: Pick<Answer, 'status' | 'location' | 'body'>) => boolean
  /** Which of the values of turn 0 stand for what in another turn. */
  readonly renew: (turn: number) => ReadonlyMap<string, string> | undefined
}

/** The pieces of work that are measured. Even turns are the server's, odd ones the driver's alone. */
export function allWork(given: Given): readonly Work[] {
  const { people, searchers } = given
  return [
    page('slots', '/appointments/slots', '/appointments/slots/', searchers),
    page('week', '/appointments/week', 'first at', searchers),
    page('record', '/record/results?by=date', 'Serum sodium level', people.slice(0, readers)),
    booking(given),
    ordering(given),
  ]
}

function page(name: string, path: string, words: string, among: readonly SignedIn[]): Work {
  return {
    name,
    ask: (turn) => ({ path, cookie: oneOf(among, turn).cookie }),
    isRight: ({ status, body }) => status === 200 && body.includes(words),
    renew: (turn) => others(among, turn),
  }
}

function booking({ people, slots }: Given): Work {
  return {
    name: 'book',
    ask: (turn) => {
      const slot = slots[turn]
      const fields = slot && { slot: slot.slotId, reason: 'Cough for three weeks', phone: '' }
      return fields && sending('/appointments', oneOf(people, turn), fields)
    },
    isRight: ({ status, location }) => status === 303 && location?.endsWith('/booked') === true,
    renew: (turn) => {
      const odd = 2 * turn + 1
      const [first, slot] = [slots[0], slots[odd]]
      // The first of each person's, whose place among their appointments is the one captured.
      if (!first || !slot || odd >= people.length) return undefined
      return others(people, odd, [
        [first.slotId, slot.slotId],
        [first.startsAt, slot.startsAt],
      ])
    },
  }
}

function ordering({ people, medicines }: Given): Work {
  const medicineOf = (turn: number) =>
    medicines.get(oneOf(people, turn).patientId)?.[Math.floor(turn / people.length)]
  return {
    name: 'order',
    ask: (turn) => {
      const medicine = medicineOf(turn)
      if (medicine === undefined) return undefined
      const fields = { medicine, note: '', kind: 'repeat', destination: 'paper' }
      return sending('/prescriptions/orders', oneOf(people, turn), fields)
    },
    isRight: ({ status, location }) =>
      status === 303 && location?.startsWith('/prescriptions/orders/') === true,
    renew: (turn) => {
      const odd = 2 * turn + 1
      const [first, medicine] = [medicineOf(0), medicineOf(odd)]
      if (first === undefined || medicine === undefined) return undefined
      return others(people, odd, [[first, medicine]])
    },
  }
}

function sending(
  path: string,
  { cookie }: SignedIn,
  fields: Readonly<Record<string, string>>,
): Asked {
  const _csrf = csrfToken(cookie.split('.')[1] ?? '')
  return { path, cookie, fields: { ...fields, _csrf, idempotencyKey: newId(new Date()) } }
}

function oneOf(among: readonly SignedIn[], turn: number): SignedIn {
  const one = among[turn % among.length]
  if (!one) throw new Error('There is nobody to do the work')
  return one
}

function others(
  among: readonly SignedIn[],
  turn: number,
  more: readonly (readonly [string, string])[] = [],
): ReadonlyMap<string, string> {
  const [first, person] = [oneOf(among, 0), oneOf(among, turn)]
  return new Map([
    [first.patientId, person.patientId],
    [first.accountId, person.accountId],
    ...more,
  ])
}
