import { newId, type Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf, minutesAfter, type LocalDate } from '#kernel/time'
import { sql, systemProof, type SystemProof, type Tx } from '#platform/db'
import { openAccess, setPracticeServices, type RecordLevel } from '#modules/access'
import type { AccountId } from '#modules/accounts'
import { addPastAppointments } from '#modules/appointments'
import { savePractice, upsertPatient, type PatientId } from '#modules/directory'
import type { TestDatabase } from './database.ts'
import { anNhsNumber } from './surgery.ts'

/** One thing that happened to somebody of a practice. `who` is their number from 0. */
export type Happening =
  | { readonly kind: 'registers' | 'leaves'; readonly who: number; readonly at: Date }
  | {
      readonly kind: 'switches'
      readonly who: number
      readonly at: Date
      readonly appts: boolean
      readonly presc: boolean
      readonly record: RecordLevel
    }
  | {
      readonly kind: 'books'
      readonly who: number
      readonly at: Date
      readonly isOnline: boolean
      readonly cancelledAt?: Date
    }
  | { readonly kind: 'orders'; readonly who: number; readonly at: Date }
  | { readonly kind: 'reads'; readonly who: number; readonly at: Date; readonly letter: boolean }
  | {
      readonly kind: 'practice-switches'
      readonly at: Date
      readonly appts: boolean
      readonly presc: boolean
      readonly record: RecordLevel
    }

interface Somebody {
  readonly nhsNumber: ReturnType<typeof anNhsNumber>
  readonly accountId: AccountId
  patientId?: PatientId
  association?: Id<'Association'>
  registeredOn?: LocalDate
}

/** Writes what happened to a practice's people, in whatever order and however late it is told. */
export interface Telling {
  readonly practice: OdsCode
  tell(happening: Happening): Promise<void>
}

let slots = 0

/** A practice of which nothing has happened yet. */
export async function aTelling({ db }: TestDatabase, code: string): Promise<Telling> {
  const practice = code as OdsCode
  const proof = systemProof(practice)
  const people = new Map<number, Somebody>()
  await db.transaction(proof, (tx) =>
    savePractice(tx, { practice, name: 'Told', addressLines: [], openingHours: '', isDemo: true }),
  )
  const somebody = (who: number): Somebody => {
    const known = people.get(who) ?? {
      nhsNumber: anNhsNumber(),
      accountId: newId<'Account'>(new Date(0)),
    }
    people.set(who, known)
    return known
  }
  return {
    practice,
    tell: (happening) =>
      db.transaction(proof, async (tx) => {
        const dated: Tx<SystemProof> = { ...tx, now: happening.at }
        if (happening.kind === 'practice-switches') {
          const { appts, presc, record } = happening
          return setPracticeServices(dated, {
            appointments: appts,
            prescriptions: presc,
            recordLevel: record,
          })
        }
        return tellOf(dated, somebody(happening.who), happening)
      }),
  }
}

type OfSomebody = Exclude<Happening, { readonly kind: 'practice-switches' }>

async function tellOf(tx: Tx<SystemProof>, one: Somebody, what: OfSomebody): Promise<void> {
  if (what.kind === 'registers' || what.kind === 'leaves') return register(tx, one, what)
  const { patientId } = one
  if (!patientId) throw new Error('Nobody by that number is registered')
  switch (what.kind) {
    case 'switches':
      return switchTo(tx, one, patientId, what)
    case 'books':
      return book(tx, patientId, what)
    case 'orders':
      return order(tx, patientId)
    case 'reads':
      return read(tx, one, patientId, what.letter)
  }
}

async function register(
  tx: Tx<SystemProof>,
  one: Somebody,
  what: { readonly kind: 'registers' | 'leaves'; readonly at: Date },
): Promise<void> {
  const day = localDateOf(what.at)
  if (what.kind === 'registers') one.registeredOn = day
  one.patientId = await upsertPatient(tx, {
    nhsNumber: one.nhsNumber,
    givenName: 'Some',
    familyName: 'Body',
    bornOn: '1970-05-05' as LocalDate,
    sex: 'female',
    addressLines: [],
    registration: what.kind === 'registers' ? 'active' : 'left',
    ...(one.registeredOn && { registeredOn: one.registeredOn }),
    ...(what.kind === 'leaves' && { registrationEndedOn: day }),
  })
}

/** The first time opens access; a later time writes what whoever changes switches must write. */
async function switchTo(
  tx: Tx<SystemProof>,
  one: Somebody,
  patientId: PatientId,
  to: { readonly appts: boolean; readonly presc: boolean; readonly record: RecordLevel },
): Promise<void> {
  const levels = {
    appointments: to.appts ? ('manage' as const) : ('none' as const),
    prescriptions: to.presc ? ('manage' as const) : ('none' as const),
    recordCurrent: to.record,
    recordHistorical: 'none' as const,
  }
  if (!one.association) {
    const { accountId } = one
    await openAccess(tx, {
      accountId,
      patientId,
      relation: 'self',
      ...levels,
      effectiveFrom: new Date(0),
    })
    const row = await tx.maybe<{ readonly associationId: Id<'Association'> }>(sql`
      select association_id
      from access.association
      where practice = ${tx.acting.practice}
        and account_id = ${accountId}
    `)
    if (row) one.association = row.associationId
    return
  }
  await tx.run(sql`
    insert into access.switch_change
      (practice, change_id, association_id, changed_at, appointments, prescriptions,
       record_current, record_historical)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${one.association}, ${tx.now},
      ${levels.appointments}, ${levels.prescriptions}, ${levels.recordCurrent}, 'none')
  `)
}

async function book(
  tx: Tx<SystemProof>,
  patientId: PatientId,
  what: { readonly at: Date; readonly isOnline: boolean; readonly cancelledAt?: Date },
): Promise<void> {
  slots += 1
  const startsAt = minutesAfter(new Date('2027-06-01T08:00:00Z'), slots * 60)
  await addPastAppointments(tx, [
    {
      name: 'Surgery',
      startsAt,
      endsAt: minutesAfter(startsAt, 10),
      slots: [
        {
          startsAt,
          minutes: 10,
          slotType: 'Routine',
          bookableOnline: false,
          appointment: {
            patientId,
            bookedAt: what.at,
            reason: '',
            method: what.isOnline ? 'online' : 'phone',
            ...(what.cancelledAt && { cancelledAt: what.cancelledAt }),
          },
        },
      ],
    },
  ])
}

async function order(tx: Tx<SystemProof>, patientId: PatientId): Promise<void> {
  await tx.run(sql`
    insert into prescriptions.medicine_order
      (practice, order_id, patient_id, ordered_at, ordered_by, note, idempotency_key)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${patientId}, ${tx.now}, 'patient', '',
      ${newId(tx.now)})
  `)
}

/** The same look, told twice: an event has one id, and the second telling of it adds nothing. */
async function read(
  tx: Tx<SystemProof>,
  one: Somebody,
  patientId: PatientId,
  isLetter: boolean,
): Promise<void> {
  const eventId = newId(tx.now)
  for (let told = 0; told < 2; told++) {
    await tx.run(sql`
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome)
      values (${tx.acting.practice}, ${eventId}, ${tx.now},
        ${isLetter ? 'record.document-viewed' : 'record.medicines-viewed'}, 'patient',
        ${one.accountId}, ${patientId}, 'done')
      on conflict do nothing
    `)
  }
}
