import { globSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TextContext } from './assess.ts'
import { screenText } from './screen-text.ts'
import { readerWith, textRules } from './text-rules.ts'

interface Case {
  readonly id: string
  readonly text: string
  readonly context: TextContext
  readonly label: 'release' | 'review'
}

const cases = globSync('test/screening-cases/*.jsonl')
  .toSorted()
  .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as Case)
const read = readerWith(textRules)
const found = (text: string, context: TextContext) => read(text, context).flags

/** `12F| text` is of a girl of 12. */
function given(example: string): readonly [string, TextContext] {
  const parts = /^(\d+)([FM])\| (.*)$/s.exec(example)
  if (!parts) return [example, {}]
  const sex = parts[2] === 'F' ? 'female' : 'male'
  return [parts[3] ?? '', { patientAge: Number(parts[1]), sex }]
}

const rulesOf = (example: string) => found(...given(example)).map((flag) => flag.rule)

describe.each(textRules)('text rule $id', (rule) => {
  test.each(rule.fires)('fires on: %s', (example) => {
    expect(rulesOf(example)).toContain(rule.id)
  })
  test.each(rule.quiet)('is quiet on: %s', (example) => {
    expect(rulesOf(example)).not.toContain(rule.id)
  })
})

describe('text rules', () => {
  const alone = new Set<string>()
  const signs = new Set(textRules.flatMap((rule) => (rule.isSign ? [rule.id] : [])))
  for (const [text, context] of [
    ...cases.map((one) => [one.text, one.context] as const),
    ...textRules.flatMap((rule) => rule.fires.map(given)),
  ]) {
    const flags = found(text, context)
    for (const some of [flags, flags.filter((flag) => !signs.has(flag.rule))]) {
      const [first] = some
      if (first && some.length === 1) alone.add(first.rule)
    }
  }

  test.each(textRules)(
    '$id is missed when it is taken away: something would be shown',
    ({ id }) => {
      expect(alone).toContain(id)
    },
  )

  test('are these, each once', () => {
    expect(textRules.map((rule) => rule.id)).toMatchInlineSnapshot(`
      [
        "confidential.kin-speaks",
        "confidential.outsider-speaks",
        "confidential.caller",
        "confidential.apart",
        "confidential.secrecy",
        "confidential.hidden-source",
        "confidential.kin-unexplained",
        "identifiable.their-record",
        "identifiable.identifiers",
        "identifiable.their-health",
        "safeguarding.certain",
        "safeguarding.named",
        "safeguarding.violence",
        "safeguarding.injury",
        "safeguarding.infant-injury",
        "safeguarding.child-story",
        "safeguarding.child-marks",
        "safeguarding.child-neglect",
        "safeguarding.adult-at-risk",
        "harm.suspected",
        "harm.untold",
        "harm.opinion",
        "harm.detail",
        "harm.clinicians-only",
        "topic.sexual-infection",
        "topic.hiv",
        "topic.termination",
        "topic.assisted-conception",
        "topic.gender",
        "topic.sexual-assault",
        "topic.young-people",
        "topic.gillick",
        "topic.sex-under-16",
        "topic.concealed-treatment",
        "topic.paternity",
        "legal.named",
        "staff.threat",
        "result.unseen",
        "wrong.stated",
        "wrong.male-in-female",
        "wrong.female-in-male",
        "wrong.unknown-he",
        "wrong.unknown-she",
        "wrong.adult-in-child",
        "wrong.child-in-adult",
        "wrong.pregnant-too-old",
        "wrong.only-of-a-man",
        "wrong.only-of-a-woman",
        "wrong.only-of-a-baby",
        "wrong.only-of-a-grown-up",
        "wrong.compared",
        "wrong.addressed",
        "wrong.he-in-her-letter",
        "wrong.she-in-his-letter",
        "wrong.past-bearing",
        "wrong.only-of-the-old",
      ]
    `)
  })

  test('find most of what needs a person in the project’s own cases, and leave most of the rest', () => {
    const held = (label: string) => cases.filter((one) => one.label === label && isHeld(one)).length
    const all = (label: string) => cases.filter((one) => one.label === label).length
    expect(held('review') / all('review')).toBeGreaterThan(0.97)
    expect(held('release') / all('release')).toBeLessThan(0.05)
  })
})

const isHeld = ({ text, context }: Case) => screenText(text, context).outcome === 'review'

describe('screenText', () => {
  const plain = 'Sore throat 3/7, no fever. Fluids, paracetamol.'
  const person = {
    patientAge: 41,
    sex: 'female',
    nhsNumber: '9434765919',
    dateOfBirth: '1985-03-02',
    givenName: 'Ann',
    familyName: 'Patel',
  } as const

  test('releases a plain note of this patient', () => {
    expect(screenText(plain, person)).toEqual({ outcome: 'release', categories: [], flags: [] })
  })

  test.each([
    ['a marker', { markers: ['nopat'] }],
    ['a listed code', { codes: [{ system: 'snomed', code: '836881000000105' }] }],
    ['a listed Read code with its term number', { codes: [{ code: '1JE..00' }] }],
    ['a result that is not final', { resultStatus: 'preliminary' }],
    ['words of a code that need a person', { codes: [{ code: '1', display: 'Domestic abuse' }] }],
  ])('holds a plain note beside %s', (_, context) => {
    expect(screenText(plain, { ...person, ...context }).outcome).toBe('review')
  })

  test.each([
    ['another NHS number', 'NHS number 943 476 5870.'],
    ['another date of birth', 'DOB 3/2/1985.'],
    ['another year of birth', 'Label says DOB 1949.'],
    ['another name in its heading', 'Re: Joan Smithers\n'],
    ['another sex', 'Seen: 41 year old man.'],
    ['an age that cannot be', 'Seen: 78 year old woman.'],
  ])('holds a plain note that gives %s', (_, words) => {
    expect(screenText(`${words} ${plain}`, person).categories).toContain('wrong_patient')
  })

  test('takes the patient’s own name, number and date of birth for what they are', () => {
    const letter = `Re: Ms Ann Patel, born 02/03/1985, NHS number 943 476 5919\n${plain}`
    expect(screenText(letter, person).outcome).toBe('release')
  })

  test.each([['Пациентка жалуется на боль'], ['病人说头痛']])(
    'holds what is not in English letters: %s',
    (text) => expect(screenText(text, person).outcome).toBe('review'),
  )

  test('holds what is too long to be read', () => {
    expect(screenText(`${plain} `.repeat(2000), person).outcome).toBe('review')
  })

  test('says the same each time, with spans inside the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...cases.map((one) => one.text)),
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 100 }), (text, patientAge) => {
        const first = screenText(text, { patientAge })
        expect(screenText(text, { patientAge })).toEqual(first)
        expect(first.outcome === 'review').toBe(first.flags.length > 0)
        for (const { start, end } of first.flags) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(start).toBeLessThanOrEqual(end)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('is never talked out of a hold by words that are added', () => {
    const secret = 'Wife rang, he must not know that she did.'
    fc.assert(
      fc.property(fc.constantFrom(...cases), ({ text, context }) => {
        expect(screenText(`${text}\n${secret}`, context).outcome).toBe('review')
        expect(screenText(`${secret}\n${text}`, context).outcome).toBe('review')
      }),
      { numRuns: 200 },
    )
  })
})
