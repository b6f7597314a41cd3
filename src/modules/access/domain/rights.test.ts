import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import { decideGrant } from './identity/grants.ts'
import { cappedGrant, type Grant, type IdentityMethod } from './identity/methods.ts'
import { defaultGrant, defaultPolicy, type AccessPolicy } from './policy/policy.ts'
import { decideAsking, recordLevelsToAsk } from './requests/asking.ts'
import { raisedGrant } from './requests/raising.ts'
import {
  decidePermissions,
  lowerLevel,
  recordLevels,
  type Permissions,
  type Switches,
} from './services.ts'

const today = '2026-03-02' as LocalDate
const uses = ['none', 'view', 'manage'] as const
const aLevel = fc.constantFrom(...recordLevels)
const aUse = fc.constantFrom(...uses)
const aGrant: fc.Arbitrary<Grant> = fc.record({
  appointments: aUse,
  prescriptions: aUse,
  recordCurrent: aLevel,
  recordHistorical: aLevel,
})
const aMethod = fc.constantFrom<IdentityMethod>(
  'documents',
  'vouching',
  'vouching-with-confirmation',
  'remote-vouching',
  'nhs-login',
)
const aSwitches: fc.Arbitrary<Switches> = fc
  .tuple(aGrant, fc.boolean(), fc.boolean(), aLevel)
  .map(([grant, practiceAppointments, practicePrescriptions, practiceRecordLevel]) => ({
    ...grant,
    practiceAppointments,
    practicePrescriptions,
    practiceRecordLevel,
    effectiveFrom: new Date(0),
  }))

const isAtMost = (one: Permissions, other: Permissions) =>
  uses.indexOf(one.appointments) <= uses.indexOf(other.appointments) &&
  uses.indexOf(one.prescriptions) <= uses.indexOf(other.prescriptions) &&
  lowerLevel(one.recordCurrent, other.recordCurrent) === one.recordCurrent &&
  lowerLevel(one.recordHistorical, other.recordHistorical) === one.recordHistorical

/** DESIGN I-4. */
describe('rights', () => {
  test('never grow when a switch is turned down, access is suspended, or a marker is added', () => {
    const changes: readonly ((switches: Switches, grant: Grant) => Switches)[] = [
      (switches) => ({ ...switches, practiceAppointments: false }),
      (switches) => ({ ...switches, practicePrescriptions: false }),
      (switches, { recordCurrent }) => ({
        ...switches,
        practiceRecordLevel: lowerLevel(switches.practiceRecordLevel, recordCurrent),
      }),
      (switches, { recordHistorical }) => ({
        ...switches,
        recordCurrent: lowerLevel(switches.recordCurrent, recordHistorical),
      }),
      (switches) => ({ ...switches, suspendedAt: new Date(0) }),
      (switches) => ({ ...switches, recordPause: 'review' }),
      (switches) => ({ ...switches, ...cappedGrant(switches, 'remote-vouching') }),
    ]
    fc.assert(
      fc.property(aSwitches, aGrant, fc.constantFrom(...changes), (switches, grant, change) => {
        const later = change(switches, grant)
        expect(isAtMost(decidePermissions(later), decidePermissions(switches))).toBe(true)
      }),
    )
  })

  test('open nothing at all while access is suspended', () => {
    fc.assert(
      fc.property(aSwitches, (switches) => {
        const { appointments, prescriptions, recordCurrent, recordHistorical } = decidePermissions({
          ...switches,
          suspendedAt: new Date(0),
        })
        expect([appointments, prescriptions, recordCurrent, recordHistorical]).toEqual(
          Array(4).fill('none'),
        )
      }),
    )
  })

  test('of the practice and of the patient are kept apart: off and on again changes nothing', () => {
    fc.assert(
      fc.property(aSwitches, (switches) => {
        const off = { ...switches, practiceAppointments: false, practiceRecordLevel: 'none' }
        const on = {
          ...off,
          practiceAppointments: switches.practiceAppointments,
          practiceRecordLevel: switches.practiceRecordLevel,
        }
        expect(decidePermissions(on)).toEqual(decidePermissions(switches))
      }),
    )
  })
})

describe('decideGrant', () => {
  test('gives what was asked or nothing, and never above identity or beyond the default', () => {
    fc.assert(
      fc.property(aGrant, aGrant, aMethod, fc.boolean(), (asked, byDefault, method, may) => {
        const decided = decideGrant(asked, { byDefault, method, mayAuthorise: may })
        if (!decided.ok) return
        expect(decided.value).toEqual(asked)
        expect(cappedGrant(asked, method)).toEqual(asked)
        if (may) return
        expect(lowerLevel(asked.recordCurrent, byDefault.recordCurrent)).toBe(asked.recordCurrent)
        expect(lowerLevel(asked.recordHistorical, byDefault.recordHistorical)).toBe(
          asked.recordHistorical,
        )
      }),
    )
  })
})

describe('defaultGrant', () => {
  const given = (policy: Partial<AccessPolicy>, registeredOn?: LocalDate) =>
    defaultGrant(
      { ...defaultPolicy, ...policy },
      { age: 40, awaitsReview: false, ...(registeredOn && { registeredOn }) },
      today,
    ).recordCurrent

  test('gives no record under 16, nor while the record asks for a review', () => {
    const of = (age: number, awaitsReview: boolean) =>
      defaultGrant(defaultPolicy, { age, awaitsReview }, today)
    expect(of(15, false)).toMatchObject({ appointments: 'manage', recordCurrent: 'none' })
    expect(of(16, false)).toMatchObject({ recordCurrent: 'full', recordHistorical: 'none' })
    expect(of(16, true)).toMatchObject({ appointments: 'manage', recordCurrent: 'none' })
  })

  test('waits as many months after registering as the practice says, to the day', () => {
    expect(given({ recordWaitsMonths: 3 }, '2025-12-03' as LocalDate)).toBe('none')
    expect(given({ recordWaitsMonths: 3 }, '2025-12-02' as LocalDate)).toBe('full')
    expect(given({ recordWaitsMonths: 3 })).toBe('none')
    expect(given({ recordWaitsMonths: 0 }, today)).toBe('full')
  })
})

/** DOMAIN ACC-9. */
describe('asking for more', () => {
  const both = { appointments: true, prescriptions: true }

  test('is only ever for more, and only for what the practice offers', () => {
    const permissions = (current: Permissions['recordCurrent']): Permissions =>
      decidePermissions({
        appointments: 'manage',
        prescriptions: 'view',
        recordCurrent: current,
        recordHistorical: 'none',
        effectiveFrom: new Date(0),
        practiceAppointments: true,
        practicePrescriptions: true,
        practiceRecordLevel: 'documents',
      })
    const ask = (
      service: 'appointments' | 'prescriptions' | 'record',
      level: 'manage' | 'detailed' | 'full',
    ) => {
      const decided = decideAsking({ service, level }, permissions('detailed'), both)
      return decided.ok ? 'taken' : decided.refusal
    }
    expect(ask('appointments', 'manage')).toBe('not-higher')
    expect(ask('prescriptions', 'manage')).toBe('taken')
    expect(ask('record', 'detailed')).toBe('not-higher')
    expect(ask('record', 'full')).toBe('practice-does-not-offer')
    expect(ask('record', 'manage')).toBe('no-such-level')
    expect(recordLevelsToAsk(permissions('detailed'))).toEqual(['documents'])
  })

  test('granted, it lowers nothing and opens nothing older', () => {
    const anAsking = fc.oneof(
      fc.record({
        service: fc.constantFrom('appointments' as const, 'prescriptions' as const),
        level: fc.constant('manage' as const),
      }),
      fc.record({
        service: fc.constant('record' as const),
        level: fc.constantFrom('summary' as const, 'detailed', 'documents', 'full'),
      }),
    )
    fc.assert(
      fc.property(aGrant, anAsking, (grant, asked) => {
        const raised = raisedGrant(grant, asked)
        expect(lowerLevel(grant.recordCurrent, raised.recordCurrent)).toBe(grant.recordCurrent)
        expect(uses.indexOf(raised.appointments)).toBeGreaterThanOrEqual(
          uses.indexOf(grant.appointments),
        )
        expect(raised.recordHistorical).toBe(grant.recordHistorical)
      }),
    )
  })
})
