import type { Flag, TextContext } from './assess.ts'
import { criticalValueFlags } from './critical-values.ts'
import { identityFlags, withoutOwnName, type KnownPerson } from './identity.ts'
import { listedCategory } from './listed-codes.ts'
import type { Category } from './rule.ts'
import { isUnderstood, readText } from './text-rules.ts'

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
    return screeningOf([...gateFlags(text, context), ...textFlags(text, context)])
  } catch {
    return screeningOf([
      fieldFlag('engine.fault', 'unverified_result', 'The rules could not read it.'),
    ])
  }
}

function textFlags(text: string, context: ScreenContext): readonly Flag[] {
  if (text.length > longest)
    return [fieldFlag('form.too-long', 'unverified_result', 'It is too long for the rules.')]
  if (text.trim() !== '' && (!isReadable.test(text) || foreignLetters.test(text))) {
    if (/\p{L}/u.test(text))
      return [fieldFlag('form.language', 'unverified_result', 'It is not in English letters.')]
  }
  return [
    ...identityFlags(text, context),
    ...criticalValueFlags(text),
    ...unclearFlags(text),
    ...readWithCodes(withoutOwnName(text, context), context),
  ]
}

/** The text and the words of codes beside it are read as one: each may explain the other. */
function readWithCodes(text: string, context: ScreenContext): readonly Flag[] {
  const displays = (context.codes ?? [])
    .filter(({ code }) => listedCategory(code) === undefined)
    .flatMap(({ display }) => (display === undefined || text.includes(display) ? [] : [display]))
  return readText([text, ...displays].join('\n'), context).map((flag) =>
    flag.start < text.length || displays.length === 0
      ? { ...flag, end: Math.min(flag.end, text.length) }
      : fieldFlag(flag.rule, flag.category, `In the words of a code: ${flag.why}`),
  )
}

function unclearFlags(text: string): readonly Flag[] {
  if (!/\p{L}/u.test(text) || isUnderstood(text)) return []
  return [fieldFlag('form.unclear', 'unverified_result', 'None of its words is known to the rules.')]
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
  for (const { code } of context.codes ?? []) {
    const category = listedCategory(code)
    if (category)
      flags.push(fieldFlag('gate.code', category, 'A code beside it is on the list that holds.'))
  }
  return flags
}

function fieldFlag(rule: string, category: Category, why: string): Flag {
  return { rule, category, start: 0, end: 0, why }
}

function screeningOf(flags: readonly Flag[]): TextScreening {
  const categories = [...new Set(flags.map((flag) => flag.category))].toSorted()
  return { outcome: flags.length > 0 ? 'review' : 'release', categories, flags }
}
