import { accept, refuse, type Result } from '#kernel/result'
import type { EntryDetail, EntryKind, IncomingEntry } from '../entry.ts'

/** The words of an entry that can be taken out, by name: `detail.stopReason` for a member of the detail. */
export interface Wording {
  readonly field: string
  readonly text: string
}

/** A sentence of an entry, by where it stands in one of its texts; `end` is excluded. */
export interface Sentence extends Wording {
  readonly start: number
  readonly end: number
}

/**
 * What the patient is shown in place of an entry's own words: every text of it, since nothing of the
 * entry's own is shown beside a copy. Numbers, dates and ranges in figures stay the entry's.
 */
export interface PatientCopy {
  readonly title: string
  readonly codeSystem?: string
  readonly code?: string
  readonly valueText?: string
  readonly unit?: string
  readonly rangeText?: string
  readonly text?: string
  readonly author?: string
  readonly organisation?: string
  readonly detail?: EntryDetail
}

/** Why no copy can be made. */
export type CopyRefusal =
  | { readonly reason: 'nothing-taken-out' }
  | { readonly reason: 'nothing-left' }
  | { readonly reason: 'not-in-it'; readonly words: string }

/** An entry with the words of its document, where that is plain text. */
export type Copied = Pick<
  IncomingEntry,
  'kind' | 'title' | 'codings' | 'value' | 'text' | 'author' | 'organisation' | 'detail' | 'markers'
> & { readonly documentText?: string }

/** Every text of an entry, in the order in which it is read. */
export function wordingsOf(entry: Copied): readonly Wording[] {
  const { value } = entry
  const own: readonly (readonly [string, string | undefined])[] = [
    ['title', entry.title],
    ['text', entry.text],
    ['documentText', entry.documentText],
    ['valueText', value?.text],
    ['unit', value?.unit],
    ['rangeText', value?.rangeText],
    ['author', entry.author],
    ['organisation', entry.organisation],
    ...Object.entries(entry.detail ?? {}).flatMap(([name, member]: readonly [string, unknown]) =>
      textsOf(member).map((text): readonly [string, string] => [`detail.${name}`, text]),
    ),
  ]
  return own.flatMap(([field, text]) => (text?.trim() ? [{ field, text }] : []))
}

/** The sentences and lines of an entry's texts, in order: what a clinician ticks to take out. */
export function sentencesOf(entry: Copied): readonly Sentence[] {
  return wordingsOf(entry).flatMap(({ field, text }) =>
    Array.from(text.matchAll(/[^\s][^\n]*?(?:[.!?](?=\s)|(?=\n)|$)/g), (found) => ({
      field,
      text: found[0],
      start: found.index,
      end: found.index + found[0].length,
    })),
  )
}

const plainNames: Partial<Record<EntryKind, string>> = {
  document: 'Document',
  consultation: 'Consultation',
  note: 'Note',
  result: 'Test result',
  referral: 'Referral',
  problem: 'Health condition',
}

/**
 * The entry's words without what was taken out: those words, as a run of words, are nowhere in the
 * copy, in no text and in no other place. A title that loses words becomes the name of its kind, and
 * its code goes with it. The file of a document is never part of a copy: its words are.
 *
 * Hazard: what was taken out shown in another place; what is left says what was taken out.
 */
export function patientCopy(
  entry: Copied,
  taken: readonly string[],
): Result<PatientCopy, CopyRefusal> {
  const runs = taken.map(wordsIn).filter((run) => run.length > 0)
  if (runs.length === 0) return refuse({ reason: 'nothing-taken-out' })
  const wordings = wordingsOf(entry)
  const missing = taken.find(
    (words) =>
      wordsIn(words).length > 0 &&
      !wordings.some(({ text }) => holdsRun(wordsIn(text), wordsIn(words))),
  )
  if (missing !== undefined) return refuse({ reason: 'not-in-it', words: missing })

  const copy = copyWithout(entry, runs)
  const content = [copy.text, copy.valueText, ...Object.values(copy.detail ?? {}).flatMap(textsOf)]
  const isWordless = content.every((text) => (text ?? '').trim() === '')
  const isTitled = copy.title === entry.title && (entry.codings ?? []).length > 0
  return isWordless && !isTitled && entry.value?.number === undefined
    ? refuse({ reason: 'nothing-left' })
    : accept(copy)
}

function copyWithout(entry: Copied, runs: readonly (readonly string[])[]): PatientCopy {
  const without = (text: string | undefined) =>
    text === undefined ? undefined : withoutRuns(text, runs)
  const { value, codings } = entry
  const keepsTitle = without(entry.title) === entry.title
  const displays = (codings ?? []).flatMap(({ display }) => display ?? [])
  const keepsCode = keepsTitle && displays.every((display) => without(display) === display)
  const plainName = without(plainNames[entry.kind] ?? 'Entry') ?? ''
  // Taken out of both together: words that meet where they join are a run as well.
  const words = without([entry.text, entry.documentText].filter(Boolean).join('\n\n')) ?? ''
  const coding = keepsCode ? codings?.[0] : undefined
  const members = {
    codeSystem: coding?.system,
    code: coding?.code,
    valueText: without(value?.text),
    unit: without(value?.unit),
    rangeText: without(value?.rangeText),
    text: words === '' ? undefined : words,
    author: without(entry.author),
    organisation: without(entry.organisation),
  }
  return {
    title: keepsTitle ? entry.title : plainName,
    detail: detailWithout(entry.detail, runs),
    ...Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined)),
  }
}

function detailWithout(
  detail: EntryDetail | undefined,
  runs: readonly (readonly string[])[],
): EntryDetail {
  return Object.fromEntries(
    Object.entries(detail ?? {}).map(([name, member]: readonly [string, unknown]) => {
      if (typeof member === 'string') return [name, withoutRuns(member, runs)]
      if (Array.isArray(member))
        return [
          name,
          member.map((one: unknown) => (typeof one === 'string' ? withoutRuns(one, runs) : one)),
        ]
      return [name, member]
    }),
  )
}

function textsOf(member: unknown): readonly string[] {
  if (typeof member === 'string') return [member]
  return Array.isArray(member) ? member.filter((one) => typeof one === 'string') : []
}

const word = /[\p{L}\p{N}\p{M}]+/gu

/** The words of a text, each in lower case, marks and white space left out. */
export function wordsIn(text: string): readonly string[] {
  return tokensOf(text.normalize('NFC')).map((token) => token.word)
}

/** Whether one run of words stands within another, word for word. */
export function holdsRun(words: readonly string[], run: readonly string[]): boolean {
  return run.length > 0 && words.some((_, at) => startsWith(words.slice(at, at + run.length), run))
}

/** Taken out until none is left: what stood around one may come together into another. */
function withoutRuns(given: string, runs: readonly (readonly string[])[]): string {
  let text = given.normalize('NFC')
  let found = firstSpan(text, runs)
  if (!found) return given
  while (found) {
    text = `${text.slice(0, found.start).trimEnd()} ${text.slice(found.end).trimStart()}`.trim()
    found = firstSpan(text, runs)
  }
  return text
}

interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
}

function tokensOf(text: string): readonly Token[] {
  return Array.from(text.matchAll(word), (found) => ({
    word: found[0].toLowerCase(),
    start: found.index,
    end: found.index + found[0].length,
  }))
}

/** Where the first of the runs stands, with the mark that belongs to its end. */
function firstSpan(
  text: string,
  runs: readonly (readonly string[])[],
): { readonly start: number; readonly end: number } | undefined {
  const tokens = tokensOf(text)
  const words = tokens.map((token) => token.word)
  for (const [at, first] of tokens.entries()) {
    const run = runs.find((one) => startsWith(words.slice(at, at + one.length), one))
    const last = run && tokens[at + run.length - 1]
    if (!last) continue
    const mark = /^[.,;:!?)\]]+/.exec(text.slice(last.end))?.[0] ?? ''
    return { start: first.start, end: last.end + mark.length }
  }
  return undefined
}

function startsWith(words: readonly string[], run: readonly string[]): boolean {
  return words.length === run.length && run.every((one, place) => words[place] === one)
}
