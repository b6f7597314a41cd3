/** Why free text may need a person before it is shown. Source: DISCLOSURE 2.2. */
export type Category =
  | 'third_party_confidential'
  | 'third_party_identifiable'
  | 'safeguarding'
  | 'serious_harm'
  | 'sensitive_topic'
  | 'legal_restriction'
  | 'wrong_patient'
  | 'staff_safety'
  | 'unverified_result'

/** What patterns say of the whole of a text, for rules to ask. */
export type Fact = 'present' | 'apart' | 'told' | 'untold' | 'consented' | 'resident' | 'othersex'

/** Patients whom a rule is about; all where nothing is said. Years are whole years of age. */
export interface Whose {
  readonly sex?: 'male' | 'female'
  /** Younger than this. */
  readonly under?: number
  /** Of this age or older. */
  readonly from?: number
}

/**
 * What a rule looks for in one sentence, as patterns, one a line. It does not fire where one of
 * `unless` is in the same sentence, of `unlessNear` in that or the ones beside it, of
 * `unlessAnywhere` in the text, or where a fact of `notWith` holds; `onlyWith` asks for facts.
 */
export interface Looks extends Whose {
  readonly when: string
  readonly unless?: string
  readonly unlessNear?: string
  readonly unlessAnywhere?: string
  readonly onlyWith?: readonly Fact[]
  readonly notWith?: readonly Fact[]
  /** Patterns are looked for across sentences. */
  readonly acrossSentences?: boolean
}

/** A rule that holds a text. Examples may begin with age and sex: `12F| text`. */
export interface TextRule extends Looks {
  readonly id: string
  readonly category: Category
  /** For staff, as a sentence. */
  readonly why: string
  /** It does not hold by itself: it is weighed with the rest of what is seen. */
  readonly isSign?: true
  readonly fires: readonly string[]
  readonly quiet: readonly string[]
}

/** Words that are safe as they stand here: they no longer count as a cue for other rules. */
export interface SafeRule extends Looks {
  readonly id: string
  readonly why: string
}

/** A fact and what shows it. */
export interface FactRule extends Looks {
  readonly fact: Fact
}
