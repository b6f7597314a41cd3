import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  holdsRun,
  patientCopy,
  sentencesOf,
  wordingsOf,
  wordsIn,
  type Copied,
} from './patient-copy.ts'

const aNote = (given: Partial<Copied>): Copied => ({
  kind: 'note',
  title: 'Comment',
  ...given,
})
const madeFrom = fc.constantFrom(
  'He',
  'rang',
  'daughter',
  'No',
  'café',
  'pain.',
  'she',
  'Back',
  '(x)',
)
const aText = fc.array(madeFrom, { maxLength: 14 }).map((words) => words.join(' '))
const anEntry: fc.Arbitrary<Copied> = fc.record({
  kind: fc.constantFrom('note', 'problem', 'document', 'result'),
  title: aText,
  text: aText,
  author: aText,
  organisation: aText,
  documentText: aText,
  codings: fc.array(
    fc.record({ system: fc.constant('s'), code: fc.constant('1'), display: aText }),
    { maxLength: 2 },
  ),
  value: fc.record({ text: aText, unit: aText, rangeText: aText }),
  detail: fc.record({ reason: aText, reactions: fc.array(aText, { maxLength: 2 }) }),
})

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

describe('patientCopy', () => {
  test('never holds a run of words that was taken out, whatever is left around it', () => {
    let made = 0
    fc.assert(
      fc.property(anEntry, fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }), (entry, picks) => {
        const all = sentencesOf(entry).map((one) => one.text)
        fc.pre(all.length > 0)
        const taken = picks.map((pick) => all[pick % all.length] ?? '')
        const copy = patientCopy(entry, taken)
        if (!copy.ok) return
        made++
        for (const text of textsIn(copy.value))
          for (const run of taken) expect(holdsRun(wordsIn(text), wordsIn(run))).toBe(false)
      }),
      { numRuns: 500 },
    )
    expect(made).toBeGreaterThan(50)
  })

  test('adds no word that the entry does not have, but the name of its kind', () => {
    fc.assert(
      fc.property(anEntry, madeFrom, (entry, taken) => {
        const copy = patientCopy(entry, [taken])
        if (!copy.ok) return
        const own = new Set(wordingsOf(entry).flatMap(({ text }) => wordsIn(text)))
        const { title, code: _code, codeSystem: _system, ...rest } = copy.value
        for (const text of textsIn(rest))
          expect(wordsIn(text).every((one) => own.has(one))).toBe(true)
        if (title !== entry.title) expect(title.split(' ').length).toBeLessThan(3)
      }),
    )
  })

  test('takes a sentence out of a note and leaves the rest as it was written', () => {
    const note = aNote({
      text: 'Back pain for 2/52. Daughter rang: he drinks more than he says. Plan: physio.',
    })
    expect(sentencesOf(note).map((one) => one.text)).toEqual([
      'Comment',
      'Back pain for 2/52.',
      'Daughter rang: he drinks more than he says.',
      'Plan: physio.',
    ])
    expect(patientCopy(note, ['Daughter rang: he drinks more than he says.'])).toMatchObject({
      ok: true,
      value: { title: 'Comment', text: 'Back pain for 2/52. Plan: physio.' },
    })
  })

  test('takes the same words out of every other place, and the code with the name', () => {
    const problem = aNote({
      kind: 'problem',
      title: 'Alcohol dependence',
      codings: [{ system: 's', code: '7200002', display: 'Alcohol dependence' }],
      text: 'Seen with ALCOHOL  DEPENDENCE; liver normal.',
    })
    const copy = patientCopy(problem, ['alcohol dependence'])
    expect(copy).toEqual({
      ok: true,
      value: { title: 'Health condition', text: 'Seen with liver normal.', detail: {} },
    })
  })

  test('takes out again what comes together when something between is gone', () => {
    const copy = patientCopy(aNote({ text: 'her her brother brother came' }), ['her brother'])
    expect(copy).toMatchObject({ ok: true, value: { text: 'came' } })
  })

  test('gives the words of a letter and never its file', () => {
    const letter = aNote({
      kind: 'document',
      title: 'Letter',
      documentText: 'Seen today. Told us X.',
    })
    expect(patientCopy(letter, ['Told us X.'])).toEqual({
      ok: true,
      value: { title: 'Letter', text: 'Seen today.', detail: {} },
    })
  })

  test('refuses when nothing is taken out, when nothing is left, and what is not in it', () => {
    const note = aNote({ text: 'Neighbour rang.' })
    expect(patientCopy(note, [' . '])).toEqual({
      ok: false,
      refusal: { reason: 'nothing-taken-out' },
    })
    expect(patientCopy(note, ['Neighbour rang.'])).toEqual({
      ok: false,
      refusal: { reason: 'nothing-left' },
    })
    expect(patientCopy(note, ['uncle'])).toEqual({
      ok: false,
      refusal: { reason: 'not-in-it', words: 'uncle' },
    })
  })
})
