import { accept, refuse, type Result } from '#kernel/result'

/** How a patient may be reached, as they or staff for them said. */
export interface ContactChoice {
  readonly byEmail: boolean
  readonly byText: boolean
  readonly byPhone: boolean
  readonly byLetter: boolean
  /** In place of the address on record. */
  readonly email?: string
  /** One number, for texts and calls, in place of those on record. */
  readonly phone?: string
  /** In place of the address on record; none where it is to be used. */
  readonly addressLines: readonly string[]
  readonly postcode?: string
  /** How and when it is safe, in their own words, up to 300 characters. */
  readonly whenSafe?: string
}

export type ContactRefusal = 'no-way-left'

/** May this be kept? Somebody who wants to be reached in no way says when they come in or phone. */
export function decideContact(choice: ContactChoice): Result<ContactChoice, ContactRefusal> {
  const { byEmail, byText, byPhone, byLetter, whenSafe } = choice
  const hasWay = byEmail || byText || byPhone || byLetter
  return hasWay || whenSafe !== undefined ? accept(choice) : refuse('no-way-left')
}

/** Where each way leads now, nowhere where it is not to be used. For staff and the service alone. */
export interface Contact {
  /** Somebody said how it is safe: read that before any contact. */
  readonly isSpecial: boolean
  readonly email?: string
  /** For text messages. */
  readonly texts?: string
  /** For calls, first. */
  readonly mobile?: string
  /** For calls, second. */
  readonly phone?: string
  readonly addressLines: readonly string[]
  readonly postcode?: string
  readonly byLetter: boolean
  readonly whenSafe?: string
  readonly chosenAt?: Date
}
