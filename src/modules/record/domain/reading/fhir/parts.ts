import type { DisclosedEntry } from '../../disclosure.ts'

/** A resource of FHIR R4 as JSON. */
export type Resource = Readonly<Record<string, unknown>>

/** What a resource is made in: whose it is, and how to refer to other entries of the same bundle. */
export interface BundleContext {
  readonly subject: { readonly reference: string }
  /** A reference to the entry with this key from the same source; `undefined` where it is not included. */
  readonly referenceTo: (
    source: string,
    key: string | undefined,
  ) => { readonly reference: string } | undefined
  /** References to what stands below an entry, where it is included. */
  readonly referencesBelow: (entry: DisclosedEntry) => readonly { readonly reference: string }[]
}

/** A code with its original words; the code only where its system is known by an address. */
export function conceptOf({ title, code, codeSystem }: DisclosedEntry): Resource {
  return code !== undefined && codeSystem !== undefined && /^(?:https?:|urn:)/.test(codeSystem)
    ? { coding: [{ system: codeSystem, code, display: title }], text: title }
    : { text: title }
}

/** When it happened, as exactly as it is known. */
export function clinicalDate({
  clinicalAt,
  clinicalPrecision,
}: DisclosedEntry): string | undefined {
  const instant = clinicalAt?.toISOString()
  switch (clinicalPrecision) {
    case 'year':
      return instant?.slice(0, 4)
    case 'month':
      return instant?.slice(0, 7)
    case 'day':
      return instant?.slice(0, 10)
    default:
      return instant
  }
}

/** A note of a resource, where there is text. */
export function noteOf(text: string | undefined): Resource {
  return text === undefined || text.trim() === '' ? {} : { note: [{ text }] }
}

/** The members that are there. */
export function present(members: Readonly<Record<string, unknown>>): Resource {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

/** A concept of one of FHIR's own code systems. */
export function fhirConcept(system: string, code: string): Resource {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] }
}
