import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasShared, sharedFiles, sharedJson } from '../../../../../test/support/shared-data.ts'
import { readAcknowledgement } from './acknowledgement.ts'

const outcome = (severity: string, code: string, coded?: string) => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity,
      code,
      ...(coded !== undefined && { details: { coding: [{ code: coded, display: coded }] } }),
    },
  ],
})

describe('readAcknowledgement', () => {
  test('takes only what says so as accepted', () => {
    const informed = outcome('information', 'informational')
    expect(readAcknowledgement({ status: 200, body: informed }).outcome).toBe('accepted')
    const silent = [undefined, null, '', {}, [], 'OK', { resourceType: 'OperationOutcome' }]
    for (const body of silent)
      expect(readAcknowledgement({ status: 200, body }).outcome).toBe('unclear')
  })

  test('takes an earlier try of the same prescription as accepted', () => {
    const there = outcome('error', 'duplicate', 'DUPLICATE_PRESCRIPTION_ID')
    expect(readAcknowledgement({ status: 400, body: there }).outcome).toBe('accepted')
    const line = outcome('error', 'duplicate', 'DUPLICATE_MEDICATIONREQUEST_ID')
    expect(readAcknowledgement({ status: 400, body: line }).outcome).toBe('rejected')
  })

  test.each([0, 401, 403, 408, 429, 500, 502, 503])('tries again after answer %i', (status) => {
    const body = outcome('error', 'exception')
    expect(readAcknowledgement({ status, body }).outcome).toBe('unclear')
  })

  test.skipIf(!hasShared('eps-r4'))(
    'reads every published refusal with its reason (needs ../shared)',
    () => {
      const read = (name: string, status: number) =>
        readAcknowledgement({ status, body: sharedJson('eps-r4', name) })
      expect(read('errors__1-Process-Response-Send-400_INVALID_CHECKSUM.json', 400)).toEqual({
        outcome: 'rejected',
        reasons: [
          {
            code: 'FAILURE_TO_PROCESS_MESSAGE',
            words:
              'Unable to process message. Information missing or invalid - prescriptionID has invalid checksum',
          },
        ],
      })
      expect(read('errors__4-Process-Response-Send-400_invalid_intent.json', 400)).toEqual({
        outcome: 'rejected',
        reasons: [
          {
            code: 'value',
            words: 'MedicationRequest.intent must be order, original-order or instance-order.',
          },
        ],
      })
      for (const name of sharedFiles('eps-r4', '.json').filter((one) => one.includes('Response-')))
        expect(read(name, 400).outcome, name).toBe('rejected')
      for (const name of sharedFiles('eps-r4', '.json').filter((one) =>
        one.startsWith('spec__errors'),
      )) {
        const done = read(name, 200)
        // R-0006 is published as the request that is refused, not as the refusal.
        if (!name.includes('R-0006')) expect(done.outcome, name).toBe('rejected')
        if (name.includes('R-0006')) expect(done.outcome, name).toBe('unclear')
      }
    },
  )

  test('never takes anything that went wrong as accepted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, body) => {
        expect(readAcknowledgement({ status, body }).outcome).not.toBe('accepted')
      }),
    )
  })
})
