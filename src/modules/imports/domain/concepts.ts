import type { DraftCoding } from './draft-entry.ts'
import { extensionOf } from './extensions.ts'
import { compact, type FhirNode, flagOf, nodeOf, nodesOf, textOf } from './fhir-node.ts'

/** The codes of a CodeableConcept, those without a code left out. */
export function codingsOf(concept: unknown): readonly DraftCoding[] {
  return nodesOf(concept).flatMap((each) =>
    nodesOf(each['coding']).flatMap((coding) => {
      const code = textOf(coding['code'])
      if (!code) return []
      const display = textOf(coding['display'])
      return [compact({ system: textOf(coding['system']) ?? '', code, display })]
    }),
  )
}

/** Whether a CodeableConcept, or a list of them, has one of these codes. */
export function hasCode(concept: unknown, ...codes: readonly string[]): boolean {
  return codingsOf(concept).some((coding) => codes.includes(coding.code))
}

/**
 * The words of a CodeableConcept as the GP system showed them: its original text, else the original
 * term of the description that was chosen, else the display of the code that was chosen, else any.
 * Never a code. Source: INTEROP D3, "name coded things by their original term text".
 */
export function wordsOf(value: unknown): string | undefined {
  const concept = nodeOf(value)
  if (!concept) return typeof value === 'string' ? textOf(value) : undefined
  const codings = nodesOf(concept['coding'])
  const chosen = codings.filter((coding) => flagOf(coding['userSelected']))
  const inOrder = [...chosen, ...codings]
  return (
    textOf(concept['text']) ??
    firstOf(inOrder, originalTerm) ??
    firstOf(inOrder, (coding) => textOf(coding['display']))
  )
}

/** The words of each CodeableConcept in a list. */
export function wordsOfEach(value: unknown): readonly string[] {
  return nodesOf(value).flatMap((concept) => wordsOf(concept) ?? [])
}

/** The texts of notes (Annotation, or plain text), one a line; `undefined` where there are none. */
export function notesOf(value: unknown): string | undefined {
  const notes = Array.isArray(value) ? value : [value]
  const texts = notes.flatMap((note) =>
    typeof note === 'string' ? (textOf(note) ?? []) : (textOf(nodeOf(note)?.['text']) ?? []),
  )
  return texts.length > 0 ? texts.join('\n') : undefined
}

/** Texts one a line, each said once; `undefined` where there are none. */
export function linesOf(...texts: readonly (string | undefined)[]): string | undefined {
  const present = [...new Set(texts.filter((text) => text !== undefined))]
  return present.length > 0 ? present.join('\n') : undefined
}

function originalTerm(coding: FhirNode): string | undefined {
  return textOf(
    extensionOf(extensionOf(coding, 'coding-sctdescid'), 'descriptiondisplay')?.['valueString'],
  )
}

function firstOf<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | undefined,
): Value | undefined {
  for (const item of items) {
    const value = read(item)
    if (value !== undefined) return value
  }
  return undefined
}
