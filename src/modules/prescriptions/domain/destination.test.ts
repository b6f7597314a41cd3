import { expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { destinationFault } from './destination.ts'

const ods = 'FLM49' as OdsCode
const other = 'FA565' as OdsCode

test.each([
  ['the nominated pharmacy', { kind: 'nominated', ods } as const, undefined],
  [
    'one that is not nominated any more',
    { kind: 'nominated', ods: other } as const,
    'pharmacy-changed',
  ],
  ['a pharmacy for this order', { kind: 'one-off', ods: other } as const, undefined],
  ['a pharmacy that was not found', { kind: 'one-off', ods } as const, 'pharmacy-unknown'],
  ['paper', { kind: 'paper' } as const, undefined],
  [
    'a practice that does not dispense',
    { kind: 'dispensing-practice' } as const,
    'does-not-dispense',
  ],
])('answers for %s', (_, destination, fault) => {
  const facts = { dispenses: false, nominated: ods, oneOff: other }
  expect(destinationFault(destination, facts)).toBe(fault)
})

test('never sends to a pharmacy where none is known', () => {
  const facts = { dispenses: true }
  expect(destinationFault({ kind: 'nominated', ods }, facts)).toBe('pharmacy-changed')
  expect(destinationFault({ kind: 'one-off', ods }, facts)).toBe('pharmacy-unknown')
})
