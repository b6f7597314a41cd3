import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayDo, type Role } from '#modules/access'
import { decideRoles, managedRoles, parseManagedRoles } from './managed-roles.ts'

const someRoles = fc.uniqueArray(fc.constantFrom(...managedRoles), { minLength: 1 })

describe('decideRoles', () => {
  test('refuses nobody’s role, and taking the last manager’s', () => {
    expect(decideRoles(['clinician'], [], 1)).toMatchObject({ refusal: 'no-role' })
    const before = ['practice-manager']
    expect(decideRoles(before, ['clinician'], 0)).toMatchObject({ refusal: 'last-manager' })
    expect(decideRoles(before, ['clinician'], 1)).toMatchObject({ ok: true })
    expect(decideRoles(before, ['clinician', 'practice-manager'], 0)).toMatchObject({ ok: true })
  })

  test('gives and takes no role that is not a practice’s to give', () => {
    fc.assert(
      fc.property(someRoles, someRoles, (before, chosen) => {
        const decided = decideRoles([...before, 'national-analyst'], chosen, 1)
        expect(decided).toEqual({ ok: true, value: [...chosen, 'national-analyst'] })
      }),
    )
    expect(parseManagedRoles(['national-analyst', 'icb-analyst', 'root'])).toEqual([])
  })
})

describe('roles of ACT-1', () => {
  test('tell verifying identity from authorising access: each can be held alone', () => {
    expect(mayDo(['identity-verifier'], 'verify-identity')).toBe(true)
    expect(mayDo(['identity-verifier'], 'authorise-access')).toBe(false)
    expect(mayDo(['access-authoriser'], 'authorise-access')).toBe(true)
    expect(mayDo(['access-authoriser'], 'verify-identity')).toBe(false)
  })

  test.each<Role>(['icb-analyst', 'national-analyst'])('let an %s see counts alone', (role) => {
    expect(mayDo([role], 'view-counts')).toBe(true)
    for (const permission of ['view-clinics', 'find-patients', 'view-record'] as const)
      expect(mayDo([role], permission)).toBe(false)
  })
})
