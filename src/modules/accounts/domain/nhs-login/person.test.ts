import { describe, expect, test } from 'vitest'
import { anyLevel, levelOf, provedLevel } from './identity.ts'
import { parseNhsLoginPerson } from './person.ts'

const issuer = 'https://login.example'
const claims = {
  vot: 'P9.Cp.Cd',
  vtm: `${issuer}/trustmark/login.example`,
  identity_proofing_level: 'P9',
  email: 'ann@example.test',
  nhs_number: '9990000018',
  family_name: 'O’Brien-Núñez',
  birthdate: '1961-04-12',
  gp_registration_details: { gp_ods_code: 'A81001' },
}

describe('levelOf', () => {
  test.each([
    ['P9.Cp.Cd', anyLevel, 'P9'],
    ['Cd.Cp.P9', anyLevel, 'P9'],
    ['P5.Cm', anyLevel, 'P5'],
    ['P0.Cp.Ck', anyLevel, 'P0'],
    ['P9.Cp', anyLevel, undefined],
    ['P9', anyLevel, undefined],
    ['P5.Cp.Cd', provedLevel, undefined],
    [undefined, anyLevel, undefined],
    [['P9.Cp.Cd'], anyLevel, undefined],
  ])('of %j is %s', (vector, asked, level) => {
    expect(levelOf(vector, asked)).toBe(level)
  })
})

describe('parseNhsLoginPerson', () => {
  test('reads somebody proved', () => {
    expect(parseNhsLoginPerson(claims, anyLevel, issuer)).toMatchObject({
      ok: true,
      value: { level: 'P9', nhsNumber: '9990000018', practice: 'A81001' },
    })
  })

  test('believes of somebody at P0 no more than how to reach them', () => {
    const told = { ...claims, vot: 'P0.Cp.Cd', identity_proofing_level: 'P0' }
    expect(parseNhsLoginPerson(told, anyLevel, issuer)).toEqual({
      ok: true,
      value: { level: 'P0', email: 'ann@example.test' },
    })
  })

  test.each([
    [{ vot: 'P9.Cp' }, 'weaker-than-asked'],
    [{ vot: 'P5.Cp.Cd' }, 'weaker-than-asked'],
    [{ identity_proofing_level: 'P5' }, 'weaker-than-asked'],
    [{ vtm: 'https://elsewhere.example/trustmark/x' }, 'not-of-this-issuer'],
    [{ vtm: undefined }, 'not-of-this-issuer'],
    [{ nhs_number: '9990000019' }, 'incomplete'],
    [{ birthdate: '1961-02-30' }, 'incomplete'],
    [{ family_name: undefined }, 'incomplete'],
    [{ email: undefined }, 'incomplete'],
  ])('refuses %j, where proof was asked for, as %s', (change, refusal) => {
    expect(parseNhsLoginPerson({ ...claims, ...change }, provedLevel, issuer)).toEqual({
      ok: false,
      refusal,
    })
  })
})
