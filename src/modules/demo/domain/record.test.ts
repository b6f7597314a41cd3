import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { localDateOf, parseLocalDate, startOfDay } from '#kernel/time'
import { castSize } from './cast.ts'
import { dateOf, dayOf, startOf } from './days.ts'
import type { DemoEntry, DemoMedication, HoldReason } from './entry.ts'
import { panels } from './lab-tests.ts'
import { personAt } from './people.ts'
import { practiceAt } from './practice.ts'
import { required } from './random.ts'
import { recordOf } from './record.ts'

const today = dayOf(required(parseLocalDate('2026-11-22')))
const practice = practiceAt(1, 0)
const made = Array.from({ length: 1000 }, (_, index) => {
  const person = personAt(1, practice, index, today)
  return { person, ...recordOf(1, practice, person, today) }
})
const decoder = new TextDecoder()

/** All that a reader could find in an entry. */
function wordsOf(entry: DemoEntry): string {
  const letter = entry.content ? decoder.decode(entry.content.bytes) : ''
  return [
    entry.title,
    entry.text,
    letter,
    JSON.stringify(entry.detail),
    entry.author,
    entry.organisation,
  ].join('\n')
}

function hashOf(seed: number, index: number): string {
  const own = practiceAt(seed, 0)
  const record = recordOf(seed, own, personAt(seed, own, index, today), today)
  return createHash('sha256').update(JSON.stringify(record)).digest('hex')
}

function isMedication(entry: DemoEntry): entry is DemoEntry & { readonly detail: DemoMedication } {
  return entry.kind === 'medication'
}

describe('recordOf', () => {
  test('is the same bytes for the same seed, and others for another', () => {
    for (const index of [0, 9, 300]) {
      expect(hashOf(1, index)).toBe(hashOf(1, index))
      expect(hashOf(1, index)).not.toBe(hashOf(2, index))
    }
  })

  test('writes as much as a practice has: 60 to 90 entries a patient, and the parts their own', () => {
    const all = made.reduce((sum, one) => sum + one.entries.length, 0)
    expect(all / made.length).toBeGreaterThan(60)
    expect(all / made.length).toBeLessThan(90)
    const byPart = new Map(
      made.slice(0, castSize).map((one) => [one.person.cast?.part, one.entries.length]),
    )
    expect(byPart.get('empty-record')).toBe(0)
    expect(byPart.get('huge-record')).toBeGreaterThan(1600)
    expect(byPart.get('huge-record')).toBeLessThan(2600)
    expect(byPart.get('full')).toBeGreaterThan(120)
  })

  test('dates nothing before birth, nor today or later', () => {
    const end = startOf(today)
    const wrong = made.flatMap(({ person, entries }) => {
      const born = startOfDay(person.patient.bornOn)
      return entries.filter(({ clinicalAt, recordedAt, filedAt = recordedAt }) => {
        const outside = [clinicalAt, recordedAt, filedAt].some((at) => at < born || at >= end)
        return outside || filedAt < clinicalAt
      })
    })
    expect(wrong).toEqual([])
  })

  test('names every key once, and points only at keys that are there', () => {
    const dangling: string[] = []
    for (const { entries } of made) {
      const keys = new Set(entries.map((entry) => entry.sourceKey))
      expect(keys.size).toBe(entries.length)
      for (const { parentKey, encounterKey, links = [] } of entries) {
        for (const key of [parentKey, encounterKey, ...links.map((link) => link.key)]) {
          if (key !== undefined && !keys.has(key)) dangling.push(key)
        }
      }
    }
    expect(dangling).toEqual([])
  })

  test('gives men no pregnancies and pills, women no prostates, children no adult reviews', () => {
    for (const { person, entries } of made) {
      const words = entries.map(wordsOf).join('\n')
      if (person.patient.sex === 'male')
        expect(words).not.toMatch(/pregnan|TOP 8|IVF|Microgynon|Desogestrel|Nitrofurantoin/i)
      else expect(words).not.toMatch(/prostat|PSA|Tamsulosin/i)
      if (person.age < 16) expect(words).not.toMatch(/smoker|COPD|QRISK|MED3|HIV|heroin/i)
    }
  })

  test('keeps every figure where a living person\u2019s could be, in the unit and range of its test', () => {
    const tests = new Map(
      Object.values(panels)
        .flatMap((panel) => panel.tests)
        .map((one) => [one.title, one]),
    )
    const limits: Readonly<Record<string, readonly [number, number]>> = {
      'Systolic arterial pressure': [85, 200],
      'Diastolic arterial pressure': [45, 125],
      'Body weight': [3, 190],
      'Standing height': [45, 200],
      'Body mass index': [14, 50],
      'Peak flow rate': [100, 700],
      'Oxygen saturation': [90, 100],
    }
    let results = 0
    const wrong: string[] = []
    for (const { entries } of made) {
      for (const { kind, title, value } of entries) {
        const test = kind === 'result' ? required(tests.get(title)) : undefined
        const [least, most] = test ? [test.least, test.most] : (limits[title] ?? [0, -1])
        const number = value?.number ?? Number.NaN
        if (test) results++
        else if (kind !== 'measurement' || !value) continue
        if (!(number >= least && number <= most)) wrong.push(`${title} ${number}`)
        if (test && value?.unit !== test.unit) wrong.push(`${title} in ${value?.unit}`)
      }
    }
    expect(wrong).toEqual([])
    expect(results).toBeGreaterThan(5000)
  })

  test('moves figures little by little: HbA1c in diabetes by less than 15 from one year to the next, mostly', () => {
    const steps = made.flatMap(({ entries }) => {
      const figures = entries
        .filter((entry) => entry.kind === 'result' && entry.title.startsWith('Haemoglobin A1c'))
        .toSorted((a, b) => a.clinicalAt.getTime() - b.clinicalAt.getTime())
        .map((entry) => entry.value?.number ?? 0)
      return figures.slice(1).map((figure, place) => Math.abs(figure - (figures[place] ?? figure)))
    })
    expect(steps.length).toBeGreaterThan(100)
    expect(steps.filter((step) => step < 15).length / steps.length).toBeGreaterThan(0.9)
  })

  test('issues a repeat no sooner than a week before the last runs out, and counts what was issued', () => {
    let past = 0
    let usedUp = 0
    let seen = 0
    for (const { entries } of made) {
      for (const entry of entries.filter(isMedication)) {
        const { detail } = entry
        if (detail.type === 'acute' || detail.status !== 'active') continue
        seen++
        const issued = entries
          .filter((one) => one.parentKey === entry.sourceKey)
          .map((one) => dayOf(localDateOf(one.clinicalAt)))
        for (let place = 1; place < issued.length; place++) {
          expect((issued[place] ?? 0) - (issued[place - 1] ?? 0)).toBeGreaterThanOrEqual(
            detail.durationDays - 7,
          )
        }
        expect(dateOf(required(issued.at(-1)))).toBe(detail.lastIssuedOn)
        expect(detail.startedOn <= detail.lastIssuedOn).toBe(true)
        expect(detail.issuesMade).toBeLessThanOrEqual(detail.issuesAllowed ?? 0)
        if ((detail.reviewOn ?? '9') < dateOf(today)) past++
        if (detail.issuesMade === detail.issuesAllowed) usedUp++
      }
    }
    expect(past / seen).toBeGreaterThan(0.06)
    expect(past / seen).toBeLessThan(0.25)
    expect(usedUp / seen).toBeGreaterThan(0.04)
    expect(usedUp / seen).toBeLessThan(0.2)
  })

  test('writes only codes of the right shape with the right check digit', () => {
    const codes = new Set(
      made.flatMap(({ entries }) =>
        entries.flatMap((entry) => (entry.codings ?? []).map((one) => one.code)),
      ),
    )
    expect(codes.size).toBeGreaterThan(80)
    for (const code of codes)
      expect([code, /^\d{6,18}$/.test(code) && verhoeff(code)]).toEqual([code, true])
  })

  test('writes notes in many words: few are the same', () => {
    const notes = made.flatMap(({ entries }) =>
      entries.filter((entry) => entry.kind === 'note').map((entry) => entry.text),
    )
    expect(new Set(notes).size).toBeGreaterThan(1800)
  })
})

/** What the guide asks a person to look at, by words that are not in the generator. */
const cues: Readonly<Record<HoldReason, RegExp>> = {
  'third-party-confidential': /rang|desk|Tel from|told DN|wrote in|phoned/,
  'third-party-identifiable': /cousin|Flatmate|Brother/,
  safeguarding: /HV|School|SW |partner|carer|MARAC|see /i,
  'serious-harm': /not told|not discussed|not informed/i,
  'sensitive-topic': /GC pos|HIV|heroin|TOP|IVF/,
  'legal-restriction': /court|Statement|adoption/,
  'staff-safety': /Threatened|Staff advised/,
  'unverified-result': /not seen|unread|nobody has read/i,
  'wrong-patient': /Re: Alan /,
  nopat: /./,
  confidential: /./,
  draft: /./,
  diary: /./,
  unfiled: /./,
  unreviewed: /./,
  'restricted-context': /never/,
}
const markers: readonly string[] = [
  'nopat',
  'confidential',
  'draft',
  'diary',
  'unfiled',
  'unreviewed',
]

describe('secrets', () => {
  test('are each in their own entry and in no other of any record', () => {
    const everyone = made.map(({ entries }) =>
      entries.map((entry) => [entry.sourceKey, wordsOf(entry)] as const),
    )
    const places = new Map<string, string[]>()
    const wanted = new Map(
      made.flatMap(({ secrets }, index) => secrets.map((one) => [one.phrase, index] as const)),
    )
    everyone.forEach((entries, index) => {
      for (const [key, words] of entries) {
        for (const word of new Set(words.match(/[A-Z][a-z]{4,}/g))) {
          if (wanted.has(word)) places.set(word, [...(places.get(word) ?? []), `${index} ${key}`])
        }
      }
    })
    made.forEach(({ secrets }, index) => {
      for (const { phrase } of secrets) {
        const own = secrets
          .filter((one) => one.phrase === phrase)
          .map((one) => `${index} ${one.entryKey}`)
        expect(places.get(phrase)?.toSorted()).toEqual(own.toSorted())
      }
    })
  })

  test('belong to entries that the guide or the source asks to be held', () => {
    let seen = 0
    for (const { entries, secrets } of made) {
      const byKey = new Map(entries.map((entry) => [entry.sourceKey, entry]))
      for (const { entryKey, reason } of secrets) {
        const entry = required(byKey.get(entryKey))
        seen++
        if (markers.includes(reason)) expect(entry.markers).toContain(reason)
        else expect(wordsOf(entry)).toMatch(cues[reason])
      }
    }
    expect(seen).toBeGreaterThan(600)
  })

  test('are of every kind in the record that is much held', () => {
    const much = required(made.find((one) => one.person.cast?.part === 'much-held'))
    const kinds = new Set(much.secrets.map((one) => one.reason))
    for (const reason of [
      'third-party-confidential',
      'safeguarding',
      'wrong-patient',
      'legal-restriction',
      ...markers,
    ]) {
      expect(kinds.has(reason as HoldReason)).toBe(true)
    }
  })
})

/** The check digit of SNOMED CT ids, by the dihedral group of a pentagon. */
function verhoeff(code: string): boolean {
  const turn = (a: number, b: number) => {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b - 5) % 5)
    return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5
  }
  const shuffle = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  let check = 0
  ;[...code].toReversed().forEach((digit, place) => {
    let value = Number(digit)
    for (let turns = 0; turns < place % 8; turns++) value = required(shuffle[value])
    check = turn(check, value)
  })
  return check === 0
}
