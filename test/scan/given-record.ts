import { minutesBefore } from '#kernel/time'
import type { Subject } from '#kernel/subjects'
import type { EntryKind, IncomingEntry, Marker } from '#modules/record'
import type { Random } from '../../src/modules/demo/domain/random.ts'
import { aPdf } from '../support/a-pdf.ts'
import { marked } from './real-record.ts'

/** An entry as it was last given, and the word that is in its words and nowhere else. */
export interface Given {
  readonly entry: IncomingEntry
  readonly mark: string
  /** What its words touch on, wherever the mark is. */
  readonly subject?: Subject
  /** When it was first given with these words. */
  readonly givenAt: Date
  /** Whether it is the code that closes the record until somebody has looked. */
  readonly asksForReview?: true
  /** Whether it is of a record that a GP system exported. */
  readonly isReal?: true
}

/** Subjects that a patient may choose about, each in words that nobody would read otherwise. */
export const spokenSubjects = {
  cancer: 'lymphoma',
  pregnancy: 'antenatal',
  'mental-health': 'depression',
  'sexual-health': 'chlamydia',
} as const satisfies Partial<Record<Subject, string>>

export type SpokenSubject = keyof typeof spokenSubjects

const subjects = Object.keys(spokenSubjects).filter(
  (one): one is SpokenSubject => one in spokenSubjects,
)

const letters = 'bcdfghjklmnprstvz'

const anyMark = /zq[bcdfghjklmnprstvz]{7}q/g

/** Every mark in a text, each once, whosever it is. */
export function marksIn(text: string): ReadonlySet<string> {
  return new Set(text.match(anyMark))
}

/** A word that stands in no page by itself, the same for the same number. */
export function markOf(number: number): string {
  let left = number
  let word = ''
  for (let place = 0; place < 7; place++) {
    word += letters[left % letters.length] ?? ''
    left = Math.floor(left / letters.length)
  }
  return `zq${word}q`
}

const shapes = [
  'note',
  'consultation',
  'document',
  'problem',
  'medication',
  'allergy',
  'result',
  'measurement',
  'referral',
  'immunisation',
] as const

type Shape = (typeof shapes)[number]

const beginnings: Readonly<Record<Shape, string>> = {
  note: 'Comment',
  consultation: 'GP surgery consultation',
  document: 'Letter',
  problem: 'Asthma',
  medication: 'Paracetamol 500mg tablets',
  allergy: 'Allergy to penicillin',
  result: 'Serum sodium level',
  measurement: 'Body weight',
  referral: 'Referral to physiotherapy service',
  immunisation: 'Influenza vaccination',
}

const words = [
  'Feels well, no concerns.',
  'Sister rang, asks that we do not tell.',
  'Discussed, happy with plan.',
  'Seen by nurse.',
]

const markers: readonly Marker[] = ['nopat', 'confidential', 'draft', 'unfiled', 'entered-in-error']

/**
 * A record of a few entries, some of them belonging together: every text of each carries its mark,
 * so that whatever shows any part of an entry's words shows that.
 */
export function someEntries(random: Random, nextMark: () => string, now: Date): readonly Given[] {
  const given: Given[] = []
  const encounters = ['enc-1', 'enc-2']
  const count = random.int(4, 9)
  for (let index = 0; index < count; index++) {
    const shape = random.pick(shapes)
    const sourceKey = `${shape}-${random.int(1, 6)}`
    if (given.some(({ entry }) => entry.sourceKey === sourceKey)) continue
    given.push(anEntry(random, { shape, sourceKey, mark: nextMark(), encounters, now }))
  }
  return given
}

/** The same entry with other words, or other than before in what the source says of it. */
export function changed(random: Random, given: Given, mark: string, now: Date): Given {
  if (given.asksForReview) return reviewCode(mark, now)
  if (given.isReal) return marked(given, mark, now)
  const { entry } = given
  const shape = shapes.find((one) => one === entry.kind) ?? 'note'
  return anEntry(random, {
    shape,
    sourceKey: entry.sourceKey,
    mark,
    encounters: entry.encounterKey ? [entry.encounterKey] : [],
    now,
  })
}

/** The code that asks for a review before anybody has access, with words that nobody may see. */
export function reviewCode(mark: string, now: Date): Given {
  const entry: IncomingEntry = {
    sourceKey: 'access-code',
    kind: 'note',
    title: `Enhanced review indicated before granting access ${mark}`,
    codings: [{ system: 'http://snomed.info/sct', code: '1364731000000104' }],
    recordedAt: now,
    clinicalAt: now,
    clinicalPrecision: 'minute',
  }
  return { entry, mark, givenAt: now, asksForReview: true }
}

function anEntry(
  random: Random,
  given: {
    readonly shape: Shape
    readonly sourceKey: string
    readonly mark: string
    readonly encounters: readonly string[]
    readonly now: Date
  },
): Given {
  const { shape, mark, now } = given
  const recordedAt = minutesBefore(now, random.int(60, 4 * 365 * 1440))
  const isMarkedOpenly = random.chance(0.6)
  const subject = random.chance(0.25) ? random.pick(subjects) : undefined
  const label = subject === undefined ? mark : `${spokenSubjects[subject]} ${mark}`
  const text = `${random.pick(words)} ${label} noted. ${random.pick(words)}`
  const isAlone = given.encounters.length === 0 || random.chance(0.5)
  const kind: EntryKind = shape
  const entry: IncomingEntry = {
    sourceKey: given.sourceKey,
    kind,
    title: isMarkedOpenly ? beginnings[shape] : `${beginnings[shape]} ${label}`,
    recordedAt,
    ...(random.chance(0.7) && { filedAt: recordedAt }),
    clinicalAt: recordedAt,
    clinicalPrecision: 'minute',
    ...(random.chance(0.5) && { author: `Dr ${label}` }),
    ...(random.chance(0.1) && { markers: [random.pick(markers)] }),
    ...(!isAlone && { encounterKey: random.pick(given.encounters) }),
    ...partsOf(shape, random, label, text),
  }
  // An entry of this kind that got no words of its own touches on nothing.
  const says = entry.content !== undefined || JSON.stringify(entry).includes(label)
  return { entry, mark, givenAt: now, ...(subject && says && { subject }) }
}

const files: readonly (readonly [contentType: string, fileOf: (text: string) => Uint8Array])[] = [
  ['text/plain', bytesOf],
  ['text/html', (text) => bytesOf(`<p>Dear <b>Ann</b></p><p>${text}</p>`)],
  ['application/rtf', (text) => bytesOf(`{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 ${text}\\par}`)],
  ['application/pdf', (text) => aPdf('Dear Ann', text)],
]

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function documentOf(random: Random, text: string): Partial<IncomingEntry> {
  const [contentType, fileOf] = random.pick(files)
  return { detail: { contentType }, content: { contentType, bytes: fileOf(text) } }
}

function partsOf(
  shape: Shape,
  random: Random,
  label: string,
  text: string,
): Partial<IncomingEntry> {
  switch (shape) {
    case 'document':
      return documentOf(random, text)
    case 'medication':
      return {
        detail: {
          type: 'repeat',
          status: 'active',
          dose: 'Two tablets up to four times a day',
          ...(random.chance(0.5) && { patientInstruction: label }),
        },
      }
    case 'result':
      return {
        value: { number: 140, unit: 'mmol/L', low: 133, high: 146 },
        detail: { status: 'final' },
        ...(random.chance(0.5) && { text }),
      }
    case 'measurement':
      return { value: { number: 80, unit: 'kg' }, ...(random.chance(0.3) && { text }) }
    case 'referral':
      return { detail: { to: 'Physiotherapy', reason: label }, text }
    case 'problem':
      return { detail: { status: 'active' }, ...(random.chance(0.5) && { text }) }
    case 'allergy':
      return { detail: { status: 'active' }, text }
    case 'immunisation':
      return { detail: { given: true }, ...(random.chance(0.5) && { text }) }
    case 'note':
    case 'consultation':
      return { text }
  }
}
