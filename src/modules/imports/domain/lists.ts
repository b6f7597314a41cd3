import { codingsOf, hasCode } from './concepts.ts'
import type { DraftSection } from './draft-entry.ts'
import { extensionsOf } from './extensions.ts'
import { type FhirNode, nodesOf, textOf } from './fhir-node.ts'
import type { Source } from './sources.ts'

/** What a List is for. Source: INTEROP C2. */
type ListRole =
  | 'consultation'
  | 'topic'
  | 'heading'
  | 'diary'
  | 'ended-allergies'
  | 'section'
  | 'secondary'

const roles: ReadonlyMap<string, ListRole> = new Map(
  Object.entries({
    '325851000000107': 'consultation',
    '25851000000105': 'topic',
    '24781000000107': 'heading',
    '714311000000108': 'diary',
    '1103671000000101': 'ended-allergies',
    'problems-diary-entries-related-to-problems': 'diary',
    'consultations-diary-entries-contained-in-consultations': 'diary',
  } as const),
)

const sections: ReadonlyMap<string, DraftSection['section']> = new Map(
  Object.entries({
    '886921000000105': 'allergies',
    '1103671000000101': 'allergies',
    '933361000000108': 'medicines',
    '1102181000000102': 'immunisations',
    '717711000000103': 'problems',
    '887191000000108': 'results',
    '1149501000000101': 'consultations',
    '826501000000100': 'measurements',
    '792931000000107': 'referrals',
    '48765-2': 'allergies',
    '10160-0': 'medicines',
    '11369-6': 'immunisations',
    '11450-4': 'problems',
    '30954-2': 'results',
  } as const),
)

/** The section lists without which an export is not the whole record. */
const wholeNeeds = [
  '886921000000105',
  '933361000000108',
  '1102181000000102',
  '717711000000103',
  '1149501000000101',
  '826501000000100',
  '887191000000108',
] as const

/** What this List is for, by its code. */
export function roleOf(list: Source): ListRole {
  const codes = codingsOf(list.node['code']).map((coding) => coding.code)
  for (const code of codes) {
    const role = roles.get(code)
    if (role) return role
  }
  return codes.some((code) => sections.has(code)) ? 'section' : 'secondary'
}

/** What the lists and document sections say of sections: empty and why, or incomplete and why. */
export function sectionsOf(sources: readonly Source[]): readonly DraftSection[] {
  const all = sources.flatMap((source) =>
    source.type === 'Composition'
      ? nodesOf(source.node['section']).flatMap(emptyOf)
      : [...emptyOf(source.node), ...incompleteOf(source.node)],
  )
  const once = new Map(all.map((each) => [`${each.section} ${each.state} ${each.reason}`, each]))
  return [...once.values()]
}

/** Whether the lists of a structured record cover every section, so that what is absent has gone. */
export function coversEverySection(lists: readonly Source[]): boolean {
  return wholeNeeds.every((code) => lists.some((list) => hasCode(list.node['code'], code)))
}

function emptyOf(node: FhirNode): readonly DraftSection[] {
  const section = sectionOf(node)
  const reasons = codingsOf(node['emptyReason'])
  if (!section || hasCode(node['code'], '1103671000000101') || nodesOf(node['entry']).length > 0)
    return []
  return reasons.map((reason) => ({ section, state: 'empty', reason: reason.code }))
}

function incompleteOf(node: FhirNode): readonly DraftSection[] {
  const section = sectionOf(node)
  if (!section) return []
  return extensionsOf(node, 'listwarningcode').flatMap((warning) => {
    const reason =
      textOf(warning['valueCode']) ?? codingsOf(warning['valueCodeableConcept'])[0]?.code
    return reason ? [{ section, state: 'incomplete' as const, reason }] : []
  })
}

/** A secondary list, such as "Problems - medications related to problems", is of its first word. */
function sectionOf(node: FhirNode): DraftSection['section'] | undefined {
  for (const { code } of codingsOf(node['code'])) {
    const section = sections.get(code)
    if (section) return section
    if (code.startsWith('problems-')) return 'problems'
    if (code.startsWith('consultations-')) return 'consultations'
    if (['consultation', 'topic', 'heading'].includes(roles.get(code) ?? '')) return 'consultations'
  }
  return undefined
}
