import type { EntryDetail, IncomingEntry } from '../entry.ts'

const known = new WeakMap<IncomingEntry, string>()

/**
 * The terms of an entry as one text, for searching: its title, codes, details and place, without
 * free text, which is read by rules of its own.
 */
export function termsOf(entry: IncomingEntry): string {
  let words = known.get(entry)
  if (words === undefined) {
    words = [
      entry.title,
      ...(entry.codings ?? []).map((coding) => coding.display ?? ''),
      ...detailWords(entry.detail),
      entry.organisation ?? '',
    ].join(' \n ')
    known.set(entry, words)
  }
  return words
}

/** Every word of an entry that a reader could see, as one text, for searching. */
export function wordsOf(entry: IncomingEntry): string {
  return [termsOf(entry), ...freeTextOf(entry)].join(' \n ')
}

/**
 * Text that somebody typed, or that cannot be told from it: notes, comments, results in words,
 * reasons. Doses are not among them; they have a grammar of their own.
 */
export function freeTextOf(entry: IncomingEntry): readonly string[] {
  const detail = (entry.detail ?? {}) as Typed
  const texts = [
    entry.text,
    isPlainReading(entry.value?.text) ? undefined : entry.value?.text,
    isPlainRange(entry.value?.rangeText) ? undefined : entry.value?.rangeText,
    detail.patientInstruction,
    detail.stopReason,
    detail.endReason,
    detail.reason,
    detail.missingReason,
  ]
  return texts.filter((text): text is string => text !== undefined && text.trim() !== '')
}

/** Two figures with a stroke, as blood pressure is written. */
function isPlainReading(text: string | undefined): boolean {
  return text === undefined || /^\d{2,3} ?\/ ?\d{2,3}$/.test(text)
}

/** A reference range in figures only. */
function isPlainRange(text: string | undefined): boolean {
  return text === undefined || /^[\d.\s<>=–-]{1,30}$/.test(text)
}

/** The members of a detail that hold words, whatever the kind. */
interface Typed {
  readonly patientInstruction?: string
  readonly stopReason?: string
  readonly endReason?: string
  readonly reason?: string
  readonly missingReason?: string
}

function detailWords(detail: EntryDetail | undefined): readonly string[] {
  if (!detail) return []
  return Object.values(detail).flatMap((value: unknown) => {
    if (typeof value === 'string') return [value]
    return Array.isArray(value) ? value.map(String) : []
  })
}

/** Letters only, lower case, single spaces: for comparing with a list of plain terms. */
export function plainTerm(title: string): string {
  return title.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** The text split at anything but letters, figures, full stops and percent signs; empty parts gone. */
export function tokensOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9.%µ]+/)
    .map((token) => token.replace(/\.+$/, ''))
    .filter(Boolean)
}
