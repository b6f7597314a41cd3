import type { Flag, TextContext } from './assess.ts'
import { criticalValueFlags } from './critical-values.ts'
import { cue, cuesIn, type Cues } from './cues.ts'
import { withMore } from './identity-flag.ts'
import { identityFlags, withoutOwnDetails } from './identity.ts'
import type { KnownPerson } from './known-person.ts'
import { listedCategory } from './listed-codes.ts'
import type { Category } from './rule.ts'
import { readText, rulesIn, surelyIn } from './text-rules.ts'

/** A code beside a text, as a source gives it. */
export interface CodeBeside {
  readonly system?: string
  readonly code: string
  readonly display?: string
}

/** What is known around a text: of the patient, and of the entry that it stands in. */
export interface ScreenContext extends TextContext, KnownPerson {
  readonly codes?: readonly CodeBeside[]
  /** What the source says against showing it. Any at all holds. */
  readonly markers?: readonly string[]
  /** Of a result: the source's word for how far it is. Anything but final or filed holds. */
  readonly resultStatus?: string
  /**
   * A title, a name or the words of a code: no sentences to be weighed. Any rule holds it, and only
   * what is on a list of plain terms is cleared at all.
   */
  readonly isTitle?: boolean
}

/** What the rules say of a text. `review`: a person must look. `release`: nothing speaks against it. */
export interface TextScreening {
  readonly outcome: 'release' | 'review'
  readonly categories: readonly Category[]
  readonly flags: readonly Flag[]
}

const longest = 60_000
const isReadable = /\p{Script=Latin}/u
const foreignLetters = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}µΩμβα]/u

/**
 * Whether a free text may be shown to its patient without a person looking, and if not, why, and
 * where in the text. Pure: the same text and context always give the same answer. What it cannot
 * read, and what is too long, is for a person.
 *
 * Source: DISCLOSURE 4.3, 4.4. Hazard: harmful entry shown.
 */
export function screenText(text: string, context: ScreenContext): TextScreening {
  try {
    return screeningOf(withMore(gateFlags(text, context), textFlags(text, context)))
  } catch {
    return screeningOf([
      fieldFlag('engine.fault', 'unverified_result', 'The rules could not read it.'),
    ])
  }
}

/**
 * Whether a text is held whatever its sentences weigh: by what is beside it, by who it is about, or
 * by a rule that needs no weighing.
 */
export function isSurelyHeld(text: string, context: ScreenContext): boolean {
  return (
    gateFlags(text, context).length > 0 ||
    identityFlags(text, context).length > 0 ||
    criticalValueFlags(text).length > 0 ||
    surelyIn(withoutOwnDetails(text, context), context).length > 0
  )
}

function textFlags(text: string, context: ScreenContext): readonly Flag[] {
  if (text.length > longest)
    return [fieldFlag('form.too-long', 'unverified_result', 'It is too long for the rules.')]
  const cues = cuesIn(text)
  if (hasForeignLetters(text, cues)) {
    if (/\p{L}/u.test(text))
      return [fieldFlag('form.language', 'unverified_result', 'It is not in English letters.')]
  }
  const plain = withoutOwnDetails(text, context, cues)
  const sure = withMore(identityFlags(text, context, cues), criticalValueFlags(text, cues))
  return withMore(
    sure,
    context.isTitle === true ? rulesIn(plain, context) : readWithCodes(plain, context),
  )
}

function hasForeignLetters(text: string, cues: Cues): boolean {
  if ((cues & cue.letter) === 0 && !isReadable.test(text)) return text.trim() !== ''
  return (cues & cue.foreign) !== 0 && foreignLetters.test(text)
}

/** The text and the words of codes beside it are read as one: each may explain the other. */
function readWithCodes(text: string, context: ScreenContext): readonly Flag[] {
  if (!context.codes) return readText(text, context)
  const displays = context.codes
    .filter(({ code }) => listedCategory(code) === undefined)
    .flatMap(({ display }) => (display === undefined || text.includes(display) ? [] : [display]))
  return readText([text, ...displays].join('\n'), context).map((flag) =>
    flag.start < text.length || displays.length === 0
      ? { ...flag, end: Math.min(flag.end, text.length) }
      : fieldFlag(flag.rule, flag.category, `In the words of a code: ${flag.why}`),
  )
}

function gateFlags(text: string, context: ScreenContext): readonly Flag[] {
  const flags: Flag[] = []
  if ((context.markers?.length ?? 0) > 0)
    flags.push(
      fieldFlag(
        'gate.marker',
        'third_party_confidential',
        'The source marks it as not to be shown.',
      ),
    )
  const status = context.resultStatus?.trim().toLowerCase()
  if (status !== undefined && status !== 'final' && status !== 'filed')
    flags.push(fieldFlag('gate.result', 'unverified_result', 'The result is not final and filed.'))
  for (const { code, display = '' } of context.codes ?? []) {
    const category = listedCategory(code)
    if (category)
      flags.push(fieldFlag('gate.code', category, 'A code beside it is on the list that holds.'))
    else flags.push(...displayFlags(display, context))
  }
  return flags
}

/** A serious illness as a code says nothing of who knows of it: that is for the text to show. */
function displayFlags(display: string, context: ScreenContext): readonly Flag[] {
  return rulesIn(display, context)
    .filter(({ category }) => category !== 'serious_harm')
    .map(({ rule, category, why }) => fieldFlag(rule, category, `In the words of a code: ${why}`))
}

function fieldFlag(rule: string, category: Category, why: string): Flag {
  return { rule, category, start: 0, end: 0, why }
}

function screeningOf(flags: readonly Flag[]): TextScreening {
  if (flags.length === 0) return { outcome: 'release', categories: [], flags: [] }
  const categories = [...new Set(flags.map((flag) => flag.category))].toSorted()
  return { outcome: 'review', categories, flags }
}
