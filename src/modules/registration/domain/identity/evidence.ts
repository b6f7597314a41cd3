/** A document with a photograph that was seen. Its number is never written down. */
export type PhotoDocument = 'passport' | 'driving-licence' | 'other'

/** A document with the person's name and address that was seen. */
export type AddressDocument = 'utility-bill' | 'bank-statement' | 'council-tax' | 'other'

/** How often staff who vouch have seen the person. */
export type SeenHowOften = 'weekly' | 'monthly' | 'yearly' | 'less'

/**
 * What a person was asked about, never what they answered: they say what their record has, and are
 * told nothing of it. Source: DOMAIN ID-5.
 */
export type AskedAbout = 'medicines' | 'appointments' | 'addresses' | 'family' | 'history'

/** What was seen or asked, by which somebody's identity is held to be proved. Source: DOMAIN ID-3. */
export type Evidence =
  | {
      readonly method: 'documents'
      readonly photoDocument: PhotoDocument
      readonly addressDocument: AddressDocument
    }
  | {
      readonly method: 'vouching' | 'remote-vouching'
      readonly knownYears: number
      readonly seen: SeenHowOften
    }
  | {
      readonly method: 'vouching-with-confirmation'
      readonly knownYears: number
      readonly seen: SeenHowOften
      readonly askedAbout: readonly AskedAbout[]
    }
