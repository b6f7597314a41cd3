import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import type { FirstStep } from '../src/modules/access/domain/limited/limited.ts'
import {
  mayDo,
  setPracticeServices,
  type Permission,
  type Role,
  type Service,
} from '#modules/access'
import { aSignedInPatient, aSignedInStaffMember, testApp, type Visitor } from './support/app.ts'
import { aLimitedVisitor } from './support/limited.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'
import { routes } from './support/routes.ts'

/** What a route asks of whoever comes: nothing, a patient with a service, or staff with a permission. */
export type Asks =
  | 'public'
  /** Only that somebody is signed in there, whatever they may do. */
  | { readonly signedIn: 'patient' | 'practice' }
  | {
      readonly patient: Service | 'home'
      readonly toManage?: boolean
      /** For the patient, and nobody who acts for them. */
      readonly inPerson?: boolean
    }
  | { readonly staff: Permission | 'home' }
  /** Somebody who asked online and is not proved, for what may be done with one appointment. */
  | { readonly first: FirstStep | 'find' }

interface Person {
  readonly name: string
  readonly visitor?: Visitor
  /** What they may use as a patient. */
  readonly services: readonly (Service | 'home')[]
  /** Roles they hold as staff; absent for anyone who is not staff here and now. */
  readonly roles?: readonly Role[]
  readonly isPatient: boolean
  /** The face they have a sign-in on that is still good. */
  readonly signedInOn?: 'patient' | 'practice'
  /** May see appointments and orders, but not make or change them. */
  readonly mayOnlyView?: boolean
  readonly isProxy?: boolean
  /** What they may do with a first appointment, where they reach no patient. */
  readonly first?: readonly (FirstStep | 'find')[]
}

const roles: readonly Role[] = [
  'receptionist',
  'prescriber',
  'clinician',
  'practice-manager',
  'safeguarding-lead',
  'ig-lead',
  'records-clerk',
  'identity-verifier',
  'access-authoriser',
  'icb-analyst',
  'national-analyst',
]
const everything = ['home', 'appointments', 'prescriptions', 'record'] as const

describe('every route, against every kind of person', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let people: readonly Person[]

  beforeAll(async () => {
    database = await makeDatabase()
    app = await testApp(database.db)
    people = await everyKindOfPerson(database)
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
  })

  test('has a row here', () => {
    const registered = app.routeTable
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !route.includes('/assets/'))
    expect([...new Set(registered)].toSorted()).toEqual(Object.keys(routes).toSorted())
  })

  test('lets in exactly those it should', async () => {
    const wrong: string[] = []
    for (const [route, asks] of Object.entries(routes)) {
      await Promise.all(
        people.map(async (person) => {
          const got = await knock(app, route, person)
          const expected = expectedOf(asks, person)
          if (got !== expected) wrong.push(`${route} for ${person.name}: ${got}, not ${expected}`)
        }),
      )
    }
    expect(wrong).toEqual([])
  }, 300_000)
})

type Outcome = 'in' | 'to sign in' | 'told why not' | 'led to their own'

function expectedOf(asks: Asks, person: Person): Outcome {
  if (asks === 'public') return 'in'
  if ('signedIn' in asks) return person.signedInOn === asks.signedIn ? 'in' : 'to sign in'
  if ('patient' in asks) {
    if (!person.isPatient) return 'to sign in'
    const isBeyond =
      (asks.toManage === true && person.mayOnlyView === true) ||
      (asks.inPerson === true && person.isProxy === true)
    return person.services.includes(asks.patient) && !isBeyond ? 'in' : 'told why not'
  }
  if ('first' in asks) {
    if (person.signedInOn === 'patient') return 'led to their own'
    if (!person.first) return 'to sign in'
    if (person.first.includes(asks.first)) return 'in'
    return asks.first === 'find' ? 'to sign in' : 'told why not'
  }
  if (!person.roles) return 'to sign in'
  return asks.staff === 'home' || mayDo(person.roles, asks.staff) ? 'in' : 'told why not'
}

/** Nothing that a route is given here exists, so whoever is let in is told so or shown an empty page. */
async function knock(app: FastifyInstance, route: string, one: Person): Promise<string> {
  // Signing out would end the visit for the routes that come after.
  const person = route.endsWith('/sign-out') ? { visitor: undefined } : one
  const [method = '', path = ''] = route.split(' ')
  const url = path.replaceAll(/:\w+/g, newId(new Date()))
  const answer = await app.inject({
    method: method === 'POST' ? 'POST' : 'GET',
    url,
    headers: {
      ...(person.visitor && { cookie: person.visitor.cookie }),
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(method === 'POST' && { payload: `_csrf=${person.visitor?.csrf ?? ''}` }),
  })
  const location = answer.headers.location ?? ''
  if (answer.statusCode >= 500) return `a fault (${answer.statusCode})`
  if (
    answer.statusCode === 303 &&
    /\/sign-in(\/prove)?(\?|$)/.test(location) &&
    !/\/sign-(in|out)(\/|$)/.test(route)
  )
    return 'to sign in'
  if (location === '/appointments' && /^\/(first-appointment|sign-up\/find)/.test(path))
    return 'led to their own'
  return answer.statusCode === 403 ? 'told why not' : 'in'
}

async function everyKindOfPerson({ db }: TestDatabase): Promise<readonly Person[]> {
  const practice = await aPractice(db)
  const elsewhere = await aPractice(db)
  const patient = (name: string, visitor: Visitor, services: Person['services']): Person => ({
    name,
    visitor,
    services,
    isPatient: true,
    signedInOn: 'patient',
  })
  const without = (service: Service) => everything.filter((one) => one !== service)
  const thief = await aSignedInPatient(db, practice)
  await db.accounts.run(sql`
    update accounts.sign_in set ended_at = ${db.now()} where account_id = ${thief.accountId}
  `)
  const leaver = await aSignedInStaffMember(db, practice, roles)
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update directory.staff set active = false
      where practice = ${practice} and staff_id = ${leaver.staffId}`),
  )
  const staff = await Promise.all(
    roles.map(async (role): Promise<Person> => ({
      name: `a ${role}`,
      visitor: await aSignedInStaffMember(db, practice, [role]),
      services: [],
      roles: [role],
      isPatient: false,
      signedInOn: 'practice',
    })),
  )
  return [
    { name: 'somebody signed out', services: [], isPatient: false },
    {
      name: 'somebody with a cookie from before signing out',
      visitor: thief,
      services: [],
      isPatient: false,
    },
    patient('a patient', await aSignedInPatient(db, practice), everything),
    patient(
      'a patient proved at P9 by NHS login',
      await aSignedInPatient(db, practice, { identityLevel: 'P9' }),
      everything,
    ),
    ...(await everyKindOfLimited(db, practice)),
    ...(await Promise.all(
      (['P0', 'P5'] as const).map(async (identityLevel): Promise<Person> => ({
        name: `a patient whom NHS login knows at ${identityLevel}`,
        visitor: await aSignedInPatient(db, practice, { identityLevel }),
        services: [],
        isPatient: false,
      })),
    )),
    patient('a patient of another practice', await aSignedInPatient(db, elsewhere), everything),
    patient(
      'a patient without appointments',
      await aSignedInPatient(db, practice, { appointments: 'none' }),
      without('appointments'),
    ),
    patient(
      'a patient without prescriptions',
      await aSignedInPatient(db, practice, { prescriptions: 'none' }),
      without('prescriptions'),
    ),
    patient(
      'a patient without a record',
      await aSignedInPatient(db, practice, { record: 'none' }),
      without('record'),
    ),
    ...(await Promise.all(
      (['appointments', 'prescriptions', 'record'] as const).map(async (service) =>
        patient(
          `a patient whose practice has ${service} off`,
          await aSignedInPatient(db, await aPracticeWithout(db, service)),
          without(service),
        ),
      ),
    )),
    patient(
      'a patient whose access ended',
      await aSignedInPatient(db, practice, { ended: true }),
      [],
    ),
    patient(
      'a patient who left',
      await aSignedInPatient(db, practice, { registration: 'left' }),
      [],
    ),
    patient(
      'a patient who died',
      await aSignedInPatient(db, practice, { registration: 'deceased' }),
      [],
    ),
    {
      ...patient(
        'a patient who may only view',
        await aSignedInPatient(db, practice, { appointments: 'view', prescriptions: 'view' }),
        everything,
      ),
      mayOnlyView: true,
    },
    patient(
      'a patient whose access is suspended',
      await aSignedInPatient(db, practice, { suspended: true }),
      [],
    ),
    patient(
      'a patient marked as sensitive',
      await aSignedInPatient(db, practice, { isSensitive: true }),
      [],
    ),
    ...(await everyKindOfProxy(db, practice)),
    {
      name: 'a member of staff who left',
      visitor: leaver,
      services: [],
      isPatient: false,
      signedInOn: 'practice',
    },
    ...staff,
  ]
}

async function aPracticeWithout(db: Database, service: Service): Promise<OdsCode> {
  const practice = await aPractice(db)
  await db.transaction(systemProof(practice), (tx) =>
    setPracticeServices(tx, {
      appointments: service !== 'appointments',
      prescriptions: service !== 'prescriptions',
      recordLevel: service === 'record' ? 'none' : 'full',
    }),
  )
  return practice
}

async function everyKindOfLimited(db: Database, practice: OdsCode): Promise<readonly Person[]> {
  const each = ['home', 'book', 'see', 'cancel'] as const
  const kinds = [
    ['who asked online', undefined, each],
    ['whom NHS login knows at P0, and who asked', 'P0', ['home', 'book']],
    ['whom NHS login knows at P5, and who asked', 'P5', each],
    ['whom NHS login proved, and no surgery found', 'P9', [...each, 'find']],
  ] as const
  const closed = await aLimitedVisitor(db, practice)
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update access.applicant set closed_at = ${tx.now}, closed_why = 'surgery'
      where practice = ${practice} and account_id = ${closed.accountId}`),
  )
  const limited = { services: [], isPatient: false } as const
  return [
    { ...limited, name: 'somebody whose request was closed', visitor: closed, first: [] },
    ...(await Promise.all(
      kinds.map(async ([who, identityLevel, first]): Promise<Person> => ({
        ...limited,
        name: `somebody ${who}`,
        visitor: await aLimitedVisitor(db, practice, identityLevel ? { identityLevel } : {}),
        first,
      })),
    )),
  ]
}

async function everyKindOfProxy(db: Database, practice: OdsCode): Promise<readonly Person[]> {
  const none = { appointments: 'none', prescriptions: 'none', record: 'none' } as const
  const kinds = [
    ['everything', {}, everything],
    ['appointments only', { ...none, appointments: 'manage' }, ['home', 'appointments']],
    ['prescriptions only', { ...none, prescriptions: 'manage' }, ['home', 'prescriptions']],
    ['the record only', { ...none, record: 'summary' }, ['home', 'record']],
    ['nothing now, being suspended', { suspended: true }, []],
    ['nothing now, having run out', { ended: true }, []],
  ] as const
  return Promise.all(
    kinds.map(async ([what, switches, services]): Promise<Person> => ({
      name: `a proxy with ${what}`,
      visitor: await aSignedInPatient(db, practice, { ...switches, as: 'proxy' }),
      services,
      isPatient: true,
      isProxy: true,
      signedInOn: 'patient',
    })),
  )
}
