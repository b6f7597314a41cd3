import { describe, expect, test } from 'vitest'
import { parseConfig } from './config.ts'

const epsOf = (environment: Readonly<Record<string, string>>) => {
  const parsed = parseConfig(environment)
  return parsed.ok ? parsed.value.eps : parsed.refusal
}

describe('the prescribing system in the settings', () => {
  test('is none where no address is given, whatever else is', () => {
    expect(epsOf({})).toBeUndefined()
    expect(epsOf({ EPS_URL: '', EPS_TOKEN_FILE: '/run/token' })).toBeUndefined()
  })

  test('is an https address, with its token and where to ask', () => {
    expect(
      epsOf({
        EPS_URL: 'https://eps.example.test/FHIR/R4/',
        EPS_TOKEN_FILE: '/run/token',
        EPS_TRACKING_URL: 'https://pfp.example.test',
      }),
    ).toEqual({
      url: 'https://eps.example.test/FHIR/R4',
      tokenFile: '/run/token',
      trackingUrl: 'https://pfp.example.test',
    })
    expect(epsOf({ EPS_URL: 'http://127.0.0.1:9000/eps' })).toEqual({
      url: 'http://127.0.0.1:9000/eps',
    })
  })

  test.each([
    'http://eps.example.test',
    'http://127.0.0.1.example.test',
    'http://localhost.example.test/x',
    'https://eps.example.test?key=1',
    'eps.example.test',
    'ftp://eps.example.test',
  ])('refuses %s, in one line', (EPS_URL) => {
    expect(epsOf({ EPS_URL })).toEqual([
      expect.stringMatching(/^EPS_URL: must be an https address/),
    ])
  })
})
