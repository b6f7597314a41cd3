import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf, shortFormsIn } from './short-forms.ts'

const aText = fc
  .array(
    fc.constantFrom('TSH', 'U&E', '1/52', 'on', 'od', 'mg ', '1 ', 'TIAs', 'x', ' ', ', ', '/'),
  )
  .map((parts) => parts.join(''))

test('explaining short forms loses and changes nothing of a text', () => {
  fc.assert(
    fc.property(aText, (text) => {
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }),
  )
})

test.each([
  ['TSH and U&Es in 2/52', ['TSH', 'U&Es', '2/52']],
  ['TIAs, TSHX, 11/52, FBC/TSH', []],
  ['Insulin on Monday', []],
  ['10 mg on, one tablet od', ['od', 'on']],
  ['', []],
])('"%s" has only the short forms that stand by themselves', (text, wanted) => {
  const found = shortFormsIn([text, text]).map(({ short }) => short)
  expect(found.toSorted()).toEqual(wanted.toSorted())
})
