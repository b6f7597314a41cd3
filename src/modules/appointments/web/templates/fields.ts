import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import { parseLocalDate, type LocalDate } from '#kernel/time'

/** What was typed in a field, without spaces around it; '' where it was left empty or absent. */
const typed = z.string().trim().catch('').default('')

/** Words of a length from `min` to `max`. */
export function words(min: number, max: number, message: string) {
  return typed.refine((text) => text.length >= min && text.length <= max, message)
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number, message: string) {
  return typed.refine((text) => isWhole(text, min, max), message).transform((text) => Number(text))
}

/** A whole number from `min` to `max`, or nothing. */
export function optionalNumber(min: number, max: number, message: string) {
  return typed
    .refine((text) => text === '' || isWhole(text, min, max), message)
    .transform((text) => (text === '' ? undefined : Number(text)))
}

/** A wall-clock time, as 09:00. */
export function time(message: string) {
  return typed.refine(isTime, message)
}

/** A wall-clock time, or nothing. */
export function optionalTime(message: string) {
  return typed
    .refine((text) => text === '' || isTime(text), message)
    .transform((text) => (text === '' ? undefined : text))
}

/** A calendar day. */
export function day(message: string) {
  return typed.transform((text, context): LocalDate => {
    const parsed = parseLocalDate(text)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** A calendar day, or nothing. */
export function optionalDay(message: string) {
  return typed.transform((text, context): LocalDate | undefined => {
    const parsed = text === '' ? undefined : parseLocalDate(text)
    if (parsed || text === '') return parsed
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** One of a list of choices. */
export function oneOf<const Choice extends string>(choices: readonly Choice[], message: string) {
  return typed.transform((text, context): Choice => {
    const chosen = choices.find((choice) => choice === text)
    if (chosen !== undefined) return chosen
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** One of a list of choices, or nothing. */
export function optionalOneOf<const Choice extends string>(
  choices: readonly Choice[],
  message: string,
) {
  return typed.transform((text, context): Choice | undefined => {
    const chosen = choices.find((choice) => choice === text)
    if (chosen !== undefined || text === '') return chosen
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** The id of one of a list of things. */
export function oneById<Name extends string>(ids: readonly Id<Name>[], message: string) {
  return oneOf(ids, message)
}

/** The id of one of a list of things, or nothing. */
export function optionalById<Name extends string>(ids: readonly Id<Name>[], message: string) {
  return optionalOneOf(ids, message)
}

/** A box that is ticked or not. */
export const ticked = typed.transform((text) => text === 'yes')

/** Every value of a field that may be there several times, or not at all. */
export const several = z.preprocess(
  (given: unknown): unknown =>
    given === undefined || Array.isArray(given) ? (given ?? []) : [given],
  z.array(z.string()).catch([]),
)

/** Ids of a field that may be there several times. What is no id is left out. */
export function severalIds<Name extends string>() {
  return several.transform((given) => [
    ...new Set(given.flatMap((one) => parseId<Name>(one) ?? [])),
  ])
}

/** Whether a text is a wall-clock time, as 09:00. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

function isWhole(text: string, min: number, max: number): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max
}
