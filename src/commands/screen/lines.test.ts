import { describe, expect, test } from 'vitest'
import { screenText } from '#modules/record'
import { parseScreenLine } from './lines.ts'
import { makeScore } from './score.ts'

describe('parseScreenLine', () => {
  test('reads a text, its patient and its label', () => {
    const given = {
      id: 'a',
      text: 'Sore throat.',
      context: { patientAge: 40, sex: 'female', codes: [{ system: 'snomed', code: '1' }] },
      label: 'release',
      categories: [],
      rationale: 'not read',
    }
    const { rationale: _, ...read } = given
    expect(parseScreenLine(JSON.stringify(given))).toEqual({ ok: true, value: read })
  })

  test.each([
    ['{"id":"a"', 'it is not JSON'],
    ['{"id":"a","context":{}}', 'text:'],
    ['{"id":"a","text":"x","context":{"patientAge":"old"}}', 'context.patientAge:'],
    ['[]', 'line:'],
  ])('says what is wrong with %s', (line, fault) => {
    const parsed = parseScreenLine(line)
    expect(parsed.ok ? '' : parsed.refusal.fault).toContain(fault)
  })

  test('keeps the id of a line that is otherwise wrong', () => {
    expect(parseScreenLine('{"id":"a7","text":4}')).toMatchObject({ refusal: { id: 'a7' } })
  })
})

describe('makeScore', () => {
  test('counts what is held of what needs a person, and what is not of the rest', () => {
    const score = makeScore()
    const add = (id: string, text: string, label: 'release' | 'review') =>
      score.add(
        { id, text, context: {}, label, categories: ['safeguarding'] },
        screenText(text, {}),
      )
    add('caught', 'Discussed at MARAC.', 'review')
    add('missed', 'Sore throat.', 'review')
    add('free', 'Sore throat.', 'release')
    add('held', 'Discussed at MARAC.', 'release')
    expect(score.lines()).toEqual([
      'recall       0.500 (1 of 2)',
      'specificity  0.500 (1 of 2)',
      '  safeguarding               held 0.500 (1 of 2), so named 0.500 (1 of 2)',
      'missed: 1',
      '  missed safeguarding: Sore throat.',
      'held without need: 1',
      '  held safeguarding.likeness, safeguarding.certain, safeguarding.named: Discussed at MARAC.',
    ])
  })
})
