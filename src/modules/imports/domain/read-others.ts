import { codingsOf, hasCode, linesOf, notesOf, wordsOf, wordsOfEach } from './concepts.ts'
import type { DraftMarker } from './draft-entry.ts'
import { compact, type FhirNode, nodeOf, nodesOf, numberOf, textOf } from './fhir-node.ts'
import { personWords, placeWords } from './people.ts'
import {
  choices,
  nameless,
  readDates,
  readMarkers,
  type Reading,
  type ReadResult,
  statusOf,
} from './reading.ts'
import { referencesIn } from './references.ts'
import type { Source } from './sources.ts'

/** A ReferralRequest, or a ServiceRequest that is one. */
export function readReferral(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const reason = wordsOfEach(node['reasonCode'])[0]
  const service = wordsOfEach(node['code'] ?? node['serviceRequested'] ?? node['type'])[0]
  const description = textOf(node['description'])
  const title =
    (source.type === 'ServiceRequest' ? (service ?? reason) : (reason ?? service)) ?? description
  if (!title) return nameless
  const recipients = nodesOf(node['recipient'] ?? node['performer'])
  const to = recipients.flatMap(
    (each) =>
      placeWords(each, source, reading.resolver) ??
      personWords(each, source, reading.resolver) ??
      [],
  )
  return {
    entry: compact({
      kind: 'referral' as const,
      title,
      codings: [...codingsOf(node['reasonCode']), ...codingsOf(node['code'])],
      ...readDates(
        source,
        reading,
        [node['authoredOn'], ...choices(node, 'occurrence', 'DateTime', 'Period.start')],
        [node['authoredOn']],
      ),
      text: linesOf(description === title ? undefined : description, notesOf(node['note'])),
      author: personWords(
        nodeOf(node['requester'])?.['agent'] ?? node['requester'],
        source,
        reading.resolver,
      ),
      detail: compact({
        to: [...new Set(to)].join(', ') || undefined,
        reason: reason === title ? undefined : reason,
        priority: textOf(node['priority']),
      }),
      markers: withDrafts(source, reading),
    }),
  }
}

/** A ProcedureRequest or ServiceRequest. One that is a plan is a diary entry. Source: INTEROP C2. */
export function readRequest(source: Source, reading: Reading): ReadResult {
  const { node } = source
  if (hasCode(node['category'], '3457005')) return readReferral(source, reading)
  const title = wordsOf(node['code']) ?? wordsOfEach(node['reasonCode'])[0]
  if (!title) return nameless
  const markers = new Set(withDrafts(source, reading))
  if (textOf(node['intent']) === 'plan') markers.add('diary')
  return {
    entry: compact({
      kind: 'request' as const,
      title,
      codings: codingsOf(node['code']),
      ...readDates(
        source,
        reading,
        [...choices(node, 'occurrence', 'DateTime', 'Period.start'), node['authoredOn']],
        [node['authoredOn']],
      ),
      text: notesOf(node['note']),
      author: personWords(
        nodeOf(node['requester'])?.['agent'] ?? node['requester'],
        source,
        reading.resolver,
      ),
      markers: [...markers],
    }),
  }
}

/** A DocumentReference, with its bytes where the file has them. `binary` is the Binary it names. */
export function readDocument(
  source: Source,
  reading: Reading,
  binary: Source | undefined,
): ReadResult {
  const { node } = source
  const attachment = nodesOf(node['content'])
    .map((content) => nodeOf(content['attachment']))
    .find((each) => each !== undefined)
  const type = wordsOf(node['type']) ?? wordsOfEach(node['class'] ?? node['category'])[0]
  const description = textOf(node['description'])
  const title = type ?? description ?? textOf(attachment?.['title'])
  if (!title) return nameless
  const contentType = textOf(attachment?.['contentType']) ?? textOf(binary?.node['contentType'])
  const bytes = decode(attachment?.['data'] ?? binary?.node['data'] ?? binary?.node['content'])
  if (nodesOf(node['content']).length > 1) {
    reading.note(source, 'only the first of several contents of the document is kept as its bytes')
  }
  const context = nodesOf(node['context'])[0]
  const authors = nodesOf(node['author'])
  return {
    entry: compact({
      kind: 'document' as const,
      title,
      codings: codingsOf(node['type']),
      ...readDates(
        source,
        reading,
        [
          node['created'],
          node['date'],
          attachment?.['creation'],
          nodeOf(context?.['period'])?.['start'],
        ],
        [node['indexed'], node['date'], node['created']],
      ),
      text: description === title ? undefined : description,
      author: authors
        .map((each) => personWords(each, source, reading.resolver))
        .find((name) => name !== undefined),
      organisation: [...authors, node['custodian']]
        .map((each) => placeWords(each, source, reading.resolver))
        .find((name) => name !== undefined),
      detail: compact({
        contentType,
        sizeBytes: numberOf(attachment?.['size']) ?? bytes?.length,
        missingReason: bytes ? undefined : missingReason(attachment),
      }),
      markers: documentMarkers(source, reading),
      content: bytes && { contentType: contentType ?? 'application/octet-stream', bytes },
    }),
  }
}

/** Any other resource about a patient. What is never shown to one is marked administrative. */
export function readOther(source: Source, reading: Reading, isAdministrative: boolean): ReadResult {
  const { node, type } = source
  const named = titleOfAny(node)
  const title = isAdministrative ? (named ?? type.replaceAll(/([a-z])([A-Z])/g, '$1 $2')) : named
  if (!title) return nameless
  const markers = new Set<DraftMarker>(withDrafts(source, reading))
  if (isAdministrative) markers.add('administrative')
  return {
    entry: compact({
      kind: 'other' as const,
      title,
      codings: codingsOf(node['code']),
      ...readDates(
        source,
        reading,
        [
          ...choices(node, 'effective', 'DateTime', 'Period.start'),
          ...choices(node, 'occurrence', 'DateTime', 'Period.start'),
          node['whenHandedOver'],
          node['authored'],
          node['authoredOn'],
          node['date'],
          node['created'],
          node['started'],
          node['sent'],
          nodeOf(node['period'])?.['start'],
          nodeOf(node['billablePeriod'])?.['start'],
        ],
        [
          node['recorded'],
          node['authored'],
          node['authoredOn'],
          node['created'],
          node['date'],
          node['issued'],
          nodeOf(node['period'])?.['start'],
        ],
      ),
      text: notesOf(node['note']),
      markers: [...markers],
    }),
  }
}

/** The Binary that a document's first attachment names, by its address in the file. */
export function binaryOf(source: Source, reading: Reading): Source | undefined {
  const attachment = nodesOf(source.node['content'])
    .map((content) => nodeOf(content['attachment']))
    .find((each) => each !== undefined)
  const found = reading.resolver.find(attachment?.['url'], source)
  return found?.type === 'Binary' ? found : undefined
}

function titleOfAny(node: FhirNode): string | undefined {
  const concepts = [
    node['code'],
    node['vaccineCode'],
    node['medicationCodeableConcept'],
    node['type'],
    node['description'],
    node['category'],
    node['scope'],
    node['serviceType'],
  ]
  return (
    textOf(node['title']) ??
    concepts
      .map((concept) => wordsOfEach(concept)[0] ?? wordsOf(concept))
      .find((words) => words !== undefined) ??
    textOf(node['name']) ??
    referencesIn(node)
      .filter(({ path }) => path === 'medicationReference' || path === 'device')
      .map(({ reference }) => textOf(reference['display']))[0]
  )
}

function withDrafts(source: Source, reading: Reading): readonly DraftMarker[] {
  const markers = new Set(readMarkers(source, reading))
  const isDraft = statusOf(source.node['status']) === 'draft'
  const isIdea = ['proposal', 'option', 'directive'].includes(textOf(source.node['intent']) ?? '')
  if (isDraft || isIdea) markers.add('draft')
  return [...markers]
}

/** Not reviewed, or replaced by another version, is not for the patient. Source: DOMAIN RA-3. */
function documentMarkers(source: Source, reading: Reading): readonly DraftMarker[] {
  const markers = new Set(readMarkers(source, reading))
  const docStatus = statusOf(source.node['docStatus'])
  if (
    docStatus &&
    !['final', 'amended', 'appended', 'corrected', 'entered-in-error'].includes(docStatus)
  )
    markers.add('unreviewed')
  if (docStatus === 'entered-in-error') markers.add('entered-in-error')
  if (statusOf(source.node['status']) === 'superseded') markers.add('administrative')
  return [...markers]
}

function missingReason(attachment: FhirNode | undefined): string {
  const title = textOf(attachment?.['title'])
  if (title && !attachment?.['url']) return title
  return attachment?.['url']
    ? 'The export names the document but does not hold it'
    : 'The export gives no content'
}

function decode(data: unknown): Uint8Array | undefined {
  const text = typeof data === 'string' ? data.replaceAll(/\s/g, '') : ''
  return text && /^[A-Za-z0-9+/_-]+=*$/.test(text) ? Buffer.from(text, 'base64') : undefined
}
