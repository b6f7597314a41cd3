import type { FastifyInstance } from 'fastify'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId, parseId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { parseLocalDate } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { addPatients, type PatientId } from '#modules/directory'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { openIssuer, type TestIssuer } from './support/issuer.ts'
import { aPatientWithoutAccount } from './support/joining.ts'
import { anAccount, anNhsNumber, aPractice, aStaffMember } from './support/surgery.ts'
import { setAccessPolicy } from '../src/modules/access/commands/rights/set-policy.ts'
import { defaultPolicy } from '../src/modules/access/domain/policy/policy.ts'
import { aLimitedVisitor } from './support/limited.ts'
import { openPages } from './support/visitor.ts'
import { accountByNhsLogin } from '../src/modules/accounts/queries/nhs-login.ts'
import { liveSignIn } from '../src/modules/accounts/commands/signing-in/live-sign-in.ts'
import type { AccountId } from '#modules/accounts'
import { matchingByNhsLogin } from '#modules/registration'
import { registerAccounts } from '../src/modules/accounts/plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')

let database: TestDatabase
let app: FastifyInstance
let issuer: TestIssuer
let practice: OdsCode
let patientId: PatientId
let accountId: AccountId
let claims: Readonly<Record<string, unknown>>

beforeAll(async () => {
  database = await makeDatabase(now)
  issuer = await openIssuer()
  app = await openPages(database.db, (server) =>
    registerAccounts(server, {
      publicUrl: 'http://localhost',
      demoPassword: undefined,
      nhsLogin: issuer.settings,
      matching: matchingByNhsLogin,
    }),
  )
})
afterAll(async () => {
  await app.close()
  await issuer.stop()
  await database.drop()
})
beforeEach(async () => {
  const { db } = database
  practice = await aPractice(db)
  patientId = newId<'Patient'>(now)
  const bornOn = parseLocalDate('1961-04-12')
  if (bornOn === undefined) throw new Error('Not a day')
  const nhsNumber = anNhsNumber()
  const named = { givenName: 'Ann', familyName: 'Patel', sex: 'female', bornOn } as const
  await db.transaction(systemProof(practice), (tx) =>
    addPatients(tx, [{ patientId, nhsNumber, ...named, addressLines: [], registration: 'active' }]),
  )
  accountId = await anAccount(db, 'patient', { practice, subjectId: patientId })
  claims = {
    sub: newId(now),
    vot: 'P9.Cp.Cd',
    vtm: `${issuer.issuer}/trustmark/x`,
    identity_proofing_level: 'P9',
    email: `${newId(now)}@example.test`,
    nhs_number: nhsNumber,
    given_name: 'Ann',
    family_name: 'Patel',
    birthdate: '1961-04-12',
    gp_registration_details: { gp_ods_code: practice },
  }
  issuer.say({ claims })
})

interface Back {
  readonly status: number
  readonly location: string | undefined
  readonly words: string
  /** Where the sign-in leads, where there is one that opens a patient. */
  readonly signedInAs: AccountId | undefined
}

/** To the issuer and back, as a browser goes. */
async function roundTrip(
  query = 'next=/appointments',
  meddle = (url: URL) => url,
  before = '',
): Promise<Back> {
  const away = await app.inject({ url: `/sign-in/nhs-login?${query}` })
  expect(away.statusCode).toBe(303)
  const kept = away.cookies.find(({ name }) => name === 'nhs-login')
  const there = await fetch(away.headers.location ?? '', { redirect: 'manual' })
  const back = meddle(new URL(there.headers.get('location') ?? ''))
  const cookie = `nhs-login=${kept?.value}; ${before}`
  const answer = await app.inject({ url: `${back.pathname}${back.search}`, headers: { cookie } })
  const [id, token] =
    answer.cookies.find(({ name }) => name === 'patient-sign-in')?.value.split('.') ?? []
  const given = parseId<'Account'>(id)
  const live = given && (await liveSignIn(database.db, given, token ?? '', 'patient'))
  return {
    status: answer.statusCode,
    location: answer.headers.location,
    words: answer.body,
    signedInAs: live?.accountId,
  }
}

describe('signing in with NHS login', () => {
  test('at P9 leads to the account that the patient has, and proves this service by its key', async () => {
    const back = await roundTrip()
    expect(back).toMatchObject({ status: 303, location: '/appointments', signedInAs: accountId })
    const asked = issuer.lastTokenRequest()
    expect(asked.get('client_assertion_type')).toMatch(/jwt-bearer$/)
    expect(decodeJwt(asked.get('client_assertion') ?? '')).toMatchObject({
      iss: 'under-test',
      sub: 'under-test',
    })
    expect(asked.get('code_verifier')).toMatch(/^[\w-]{43,}$/)
  })

  test('asks for every level with two factors, and to prove identity for P9 alone', async () => {
    const vectors = async (query: string) => {
      const away = await app.inject({ url: `/sign-in/nhs-login${query}` })
      const vtr = new URL(away.headers.location ?? '').searchParams.get('vtr')
      return JSON.parse(vtr ?? '') as readonly string[]
    }
    expect(await vectors('')).toEqual(
      ['P9', 'P5', 'P0'].flatMap((level) => [`${level}.Cp.Cd`, `${level}.Cp.Ck`, `${level}.Cm`]),
    )
    expect(await vectors('?prove=1')).toEqual(['P9.Cp.Cd', 'P9.Cp.Ck', 'P9.Cm'])
  })

  test.each(['P5', 'P0'])(
    'at %s opens nobody, though the details are a patient’s',
    async (level) => {
      issuer.say({ claims: { ...claims, vot: `${level}.Cp.Cd`, identity_proofing_level: level } })
      const back = await roundTrip()
      expect(back.location).toBe('/sign-in/prove?next=%2Fappointments')
      expect(back.signedInAs).toBeUndefined()
    },
  )

  test('at P5 after P9 opens nobody: what counts is how it was proved this time', async () => {
    expect((await roundTrip()).signedInAs).toBe(accountId)
    issuer.say({ claims: { ...claims, vot: 'P5.Cp.Cd', identity_proofing_level: 'P5' } })
    expect((await roundTrip()).signedInAs).toBeUndefined()
    issuer.say({ claims })
    expect((await roundTrip()).signedInAs).toBe(accountId)
  })

  test('joins an account made at P0 to the one that the patient has, once proved', async () => {
    issuer.say({ claims: { ...claims, vot: 'P0.Cp.Cd', identity_proofing_level: 'P0' } })
    await roundTrip()
    issuer.say({ claims })
    expect((await roundTrip('prove=1')).signedInAs).toBe(accountId)
    const rows = await database.db.accounts.many<{ readonly accountId: string }>(sql`
      select account_id from accounts.nhs_login where subject = ${String(claims['sub'])}`)
    expect(rows).toEqual([{ accountId }])
  })

  test('joins who is signed in unproved only where they asked as that person', async () => {
    const { db } = database
    const rose = { given_name: 'Rose', family_name: 'WINTER-GREEN', birthdate: '1944-05-06' }
    const unlisted = { ...claims, nhs_number: anNhsNumber() }
    const ownerOf = async (sub: string) =>
      (await accountByNhsLogin(db, issuer.issuer, sub))?.accountId
    for (const [person, isSame] of [
      [{ ...rose, sub: newId(now) }, true],
      [{ ...rose, sub: newId(now), birthdate: '1944-05-07' }, false],
      [{ sub: newId(now) }, false],
    ] as const) {
      const visitor = await aLimitedVisitor(db, practice)
      issuer.say({ claims: { ...unlisted, ...person } })
      await roundTrip('prove=1', undefined, visitor.cookie)
      expect((await ownerOf(person.sub)) === visitor.accountId).toBe(isSame)
    }
  })

  test('refuses somebody whose NHS number changed, and notes it', async () => {
    await roundTrip()
    issuer.say({ claims: { ...claims, nhs_number: anNhsNumber() } })
    const back = await roundTrip()
    expect(back).toMatchObject({ status: 400, signedInAs: undefined })
    expect(back.words).toContain('Your details at NHS login have changed')
    const events = await database.db.accounts.many<{ readonly type: string }>(sql`
      select type from accounts.event
      where account_id = ${accountId} and type = 'nhs-login-refused'`)
    expect(events).toHaveLength(1)
  })

  describe('without an account, a letter or details', () => {
    let alone: PatientId
    const byItself = () => ({
      ...claims,
      sub: newId(now),
      nhs_number: number,
      family_name: 'O’Neill Smith',
      birthdate: '1944-05-06',
    })
    let number = ''
    beforeEach(async () => {
      const patient = await aPatientWithoutAccount(database.db, practice)
      alone = patient.patientId
      number = patient.nhsNumber
    })
    const opened = () =>
      database.db.transaction(systemProof(practice), (tx) =>
        tx.many(sql`
          select appointments, record_current, record_historical, identity_method
          from access.association where practice = ${practice} and patient_id = ${alone}`),
      )
    const trail = async () => {
      const rows = await database.db.transaction(systemProof(practice), (tx) =>
        tx.many<{ readonly outcome: string; readonly reason?: string }>(sql`
          select outcome, details->>'reason' as reason
          from audit.event
          where practice = ${practice} and type = 'registration.nhs-login-matched'`),
      )
      return rows.map(({ outcome, reason }) => reason ?? outcome).toSorted()
    }
    const change = (statement: ReturnType<typeof sql>) =>
      database.db.transaction(systemProof(practice), (tx) => tx.run(statement))

    test('at P9 opens what the practice gives new accounts, once, and says so in the trail', async () => {
      issuer.say({ claims: byItself() })
      expect((await roundTrip()).signedInAs).toBeDefined()
      expect((await roundTrip()).signedInAs).toBeDefined()
      expect(await opened()).toEqual([
        {
          appointments: 'manage',
          recordCurrent: 'full',
          recordHistorical: 'none',
          identityMethod: 'nhs-login',
        },
      ])
      expect(await trail()).toEqual(['done', 'done'])
    })

    test('the same answer for every mismatch, each told apart in the trail', async () => {
      const ask = async (wrong: Readonly<Record<string, unknown>>) => {
        issuer.say({ claims: { ...byItself(), sub: newId(now), ...wrong } })
        const { status, location, signedInAs } = await roundTrip()
        return `${status} ${location} ${signedInAs}`
      }
      const answers = [
        await ask({ nhs_number: anNhsNumber() }),
        await ask({ family_name: 'Brown' }),
        await ask({ birthdate: '1944-05-07' }),
      ]
      await change(sql`update directory.patient set is_sensitive = true
        where practice = ${practice} and patient_id = ${alone}`)
      answers.push(await ask({}))
      await change(sql`update directory.patient set is_sensitive = false, registration = 'left'
        where practice = ${practice} and patient_id = ${alone}`)
      answers.push(await ask({}))
      await change(sql`update directory.patient set registration = 'active', born_on = '2012-03-01'
        where practice = ${practice} and patient_id = ${alone}`)
      answers.push(await ask({ birthdate: '2012-03-01' }))
      expect(new Set(answers)).toEqual(
        new Set(['303 /sign-in/prove?next=%2Fappointments undefined']),
      )
      expect(await trail()).toEqual([
        'name-or-birth-date-does-not-match',
        'name-or-birth-date-does-not-match',
        'not-on-list',
        'not-registered-here',
        'patient-archived',
        'too-young-or-not-competent',
      ])
      expect(await opened()).toEqual([])
    })

    test('opens nothing where the practice wants details, nor what the practice ended', async () => {
      const manager = await aStaffMember(database.db, practice, {
        name: 'Mo',
        roles: ['practice-manager'],
      })
      const set = (nhsLoginOpens: boolean) =>
        database.db.transaction(manager.acting, (tx) =>
          setAccessPolicy(tx, { ...defaultPolicy, nhsLoginOpens }),
        )
      issuer.say({ claims: byItself() })
      await set(false)
      expect((await roundTrip()).signedInAs).toBeUndefined()
      await set(true)
      expect((await roundTrip()).signedInAs).toBeDefined()
      await change(sql`update access.association set ends_at = starts_at
        where practice = ${practice} and patient_id = ${alone}`)
      await roundTrip()
      expect(await opened()).toHaveLength(1)
      expect(await trail()).toEqual(['access-was-ended', 'done', 'practice-wants-details'])
    })
  })

  test.each([
    ['another name', { family_name: 'Brown' }],
    ['another date of birth', { birthdate: '1961-04-13' }],
    ['another practice', { gp_registration_details: { gp_ods_code: 'Z99999' } }],
    ['no practice', { gp_registration_details: undefined }],
  ])('with %s opens nobody, and says what to do', async (_, change) => {
    issuer.say({ claims: { ...claims, ...change } })
    const back = await roundTrip()
    expect(back.location).toBe('/sign-in/prove?next=%2Fappointments')
    expect(back.signedInAs).toBeUndefined()
  })

  test.each([
    ['was meant for another service', { instead: { aud: 'another' } }],
    ['is too old', { instead: { iat: 1_700_000_000, exp: 1_700_000_300 } }],
    ['answers another question', { instead: { nonce: 'another' } }],
    ['comes from another issuer', { instead: { iss: 'http://localhost:1' } }],
    ['is signed by another key', { isForged: true }],
    ['is of a level that was not asked for', { instead: { vot: 'P9.Cp' } }],
    ['has the trustmark of another', { instead: { vtm: 'https://elsewhere.example/x' } }],
  ])('refuses a token that %s', async (_, wrong) => {
    issuer.say({ claims, ...wrong })
    const back = await roundTrip()
    expect(back).toMatchObject({ status: 400, signedInAs: undefined })
    expect(back.words).toContain('You could not be signed in with NHS login')
  })

  test('refuses an answer to a question of another browser, and the same answer twice', async () => {
    const meddled = await roundTrip('', (url) => {
      url.searchParams.set('state', 'another')
      return url
    })
    expect(meddled).toMatchObject({ status: 400, signedInAs: undefined })
    const without = await app.inject({ url: '/sign-in/nhs-login/callback?code=a-code&state=x' })
    expect(without.statusCode).toBe(400)
    expect(without.body).toContain('This took too long')
  })

  test('leads nowhere but to this site', async () => {
    expect((await roundTrip('next=//elsewhere.example')).location).toBe('/home')
    expect((await roundTrip('next=https://elsewhere.example')).location).toBe('/home')
  })
})
