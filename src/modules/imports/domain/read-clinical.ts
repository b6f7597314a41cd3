import { codingsOf, hasCode, linesOf, notesOf, wordsOf, wordsOfEach } from './concepts.ts'
import { parseDay, parseWhen } from './dates.ts'
import { extensionOf } from './extensions.ts'
import { compact, flagOf, nodeOf, nodesOf, numberOf, textOf, textsOf } from './fhir-node.ts'
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
import type { Source } from './sources.ts'

/** An AllergyIntolerance, active or ended. */
export function readAllergy(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const reactions = nodesOf(node['reaction'])
  const title = wordsOf(node['code']) ?? reactions.map((each) => wordsOf(each['substance']))[0]
  if (!title) return nameless
  const end = extensionOf(node, 'allergyintoleranceend') ?? extensionOf(node, 'allergyintolend')
  const status = statusOf(node['clinicalStatus'])
  const manifestations = reactions.flatMap((each) => wordsOfEach(each['manifestation']))
  const ended = end || status === 'resolved' || status === 'inactive'
  return {
    entry: compact({
      kind: 'allergy' as const,
      title,
      codings: codingsOf(node['code']),
      ...readDates(source, reading, choices(node, 'onset', 'DateTime', 'Period.start', 'String'), [
        node['assertedDate'],
        node['recordedDate'],
      ]),
      text: linesOf(notesOf(node['note']), ...reactions.map((each) => textOf(each['description']))),
      author: personWords(node['asserter'] ?? node['recorder'], source, reading.resolver),
      detail: compact({
        status: ended ? ('resolved' as const) : ('active' as const),
        category: textsOf(node['category']).join(', ') || undefined,
        severity: textOf(reactions.find((each) => each['severity'])?.['severity']),
        reactions: manifestations.length > 0 ? manifestations : undefined,
        endedOn: parseDay(extensionOf(end, 'enddate')?.['valueDateTime']),
        endReason: textOf(extensionOf(end, 'reasonended')?.['valueString']),
      }),
      markers: readMarkers(source, reading),
    }),
  }
}

/** A Condition: a problem with its significance and end. */
export function readProblem(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const title = wordsOf(node['code'])
  if (!title) return nameless
  const significance =
    textOf(extensionOf(node, 'problemsignificance')?.['valueCode']) ??
    wordsOf(extensionOf(node, 'problemsignificance')?.['valueCodeableConcept'])?.toLowerCase()
  const ends = choices(node, 'abatement', 'DateTime', 'Period.end', 'Period.start')
  const status = statusOf(node['clinicalStatus'])
  const isPast =
    ['inactive', 'resolved', 'remission'].includes(status ?? '') ||
    (status === undefined && ends.some((end) => parseWhen(end)))
  return {
    entry: compact({
      kind: 'problem' as const,
      title,
      codings: codingsOf(node['code']),
      ...readDates(source, reading, choices(node, 'onset', 'DateTime', 'Period.start'), [
        node['assertedDate'],
        node['recordedDate'],
      ]),
      text: linesOf(notesOf(node['note']), textOf(node['onsetString'])),
      author: personWords(node['asserter'] ?? node['recorder'], source, reading.resolver),
      detail: compact({
        status: isPast ? ('past' as const) : ('active' as const),
        significance:
          significance === 'major' || significance === 'minor' ? significance : undefined,
        endedOn: ends.map(parseDay).find((day) => day !== undefined),
      }),
      markers: readMarkers(source, reading),
    }),
  }
}

/** An Immunization, given or not; named by the procedure that was done. Source: INTEROP D3. */
export function readImmunisation(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const procedure = extensionOf(node, 'vaccinationprocedure')?.['valueCodeableConcept']
  const hasVaccine = !hasCode(node['vaccineCode'], 'UNK', 'NI', 'NA', 'NASK', 'ASKU')
  const vaccine = hasVaccine ? wordsOf(node['vaccineCode']) : undefined
  const title = wordsOf(procedure) ?? vaccine
  if (!title) return nameless
  const protocol = nodesOf(node['vaccinationProtocol'] ?? node['protocolApplied'])[0]
  const performers = [...nodesOf(node['practitioner']), ...nodesOf(node['performer'])]
  const status = statusOf(node['status'])
  return {
    entry: compact({
      kind: 'immunisation' as const,
      title,
      codings: [...codingsOf(procedure), ...(hasVaccine ? codingsOf(node['vaccineCode']) : [])],
      ...readDates(
        source,
        reading,
        [node['date'], ...choices(node, 'occurrence', 'DateTime', 'String')],
        [extensionOf(node, 'daterecorded')?.['valueDateTime'], node['recorded']],
      ),
      text: notesOf(node['note']),
      author: performers
        .map((performer) => personWords(performer['actor'], source, reading.resolver))
        .find((name) => name !== undefined),
      organisation: placeWords(node['location'], source, reading.resolver),
      detail: compact({
        vaccine: vaccine === title ? undefined : vaccine,
        doseNumber: numberOf(protocol?.['doseSequence'] ?? protocol?.['doseNumberPositiveInt']),
        batch: textOf(node['lotNumber']),
        site: wordsOf(node['site']),
        given: flagOf(node['notGiven']) !== true && status !== 'not-done',
      }),
      markers: readMarkers(source, reading),
    }),
  }
}

/** A Procedure. */
export function readProcedure(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const title = wordsOf(node['code']) ?? wordsOf(node['category'])
  if (!title) return nameless
  const markers = new Set(readMarkers(source, reading))
  if (['preparation', 'not-done', 'unknown'].includes(statusOf(node['status']) ?? ''))
    markers.add('draft')
  const performer = nodesOf(node['performer'])[0]
  return {
    entry: compact({
      kind: 'procedure' as const,
      title,
      codings: codingsOf(node['code']),
      ...readDates(
        source,
        reading,
        choices(node, 'performed', 'DateTime', 'Period.start', 'String'),
        [node['recorded'], ...choices(node, 'performed', 'DateTime', 'Period.end')],
      ),
      text: linesOf(notesOf(node['note']), wordsOf(node['outcome'])),
      author: personWords(performer?.['actor'] ?? node['recorder'], source, reading.resolver),
      organisation: placeWords(performer?.['actor'] ?? node['location'], source, reading.resolver),
      markers: [...markers],
    }),
  }
}

/** A FamilyMemberHistory: who, and what they had. */
export function readFamilyHistory(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const conditions = nodesOf(node['condition'])
  const had = conditions.flatMap((condition) => wordsOf(condition['code']) ?? [])
  const who = wordsOf(node['relationship'])
  const title = [who, had.join(', ') || undefined].filter((part) => part !== undefined).join(': ')
  if (!title) return nameless
  return {
    entry: compact({
      kind: 'family-history' as const,
      title,
      codings: conditions.flatMap((condition) => codingsOf(condition['code'])),
      ...readDates(source, reading, [node['date']], [node['date']]),
      text: linesOf(notesOf(node['note']), ...conditions.map((each) => notesOf(each['note']))),
      markers: readMarkers(source, reading),
    }),
  }
}

/** An Encounter: a consultation. One that is not finished is a draft. Source: DOMAIN RA-3. */
export function readConsultation(source: Source, reading: Reading): ReadResult {
  const { node } = source
  const type = wordsOfEach(node['type'])[0]
  const title = type ?? textOf(nodeOf(node['class'])?.['display']) ?? 'Consultation'
  const participants = nodesOf(node['participant'])
  const main = participants.find((each) => hasCode(each['type'], 'PPRF')) ?? participants[0]
  const place = nodesOf(node['location'])[0]?.['location']
  const markers = new Set(readMarkers(source, reading))
  const status = statusOf(node['status']) ?? 'unknown'
  if (status === 'cancelled') markers.add('administrative')
  else if (!['finished', 'completed', 'discharged', 'entered-in-error'].includes(status))
    markers.add('draft')
  return {
    entry: compact({
      kind: 'consultation' as const,
      title,
      codings: codingsOf(node['type']),
      ...readDates(
        source,
        reading,
        [nodeOf(node['period'])?.['start'], nodeOf(node['period'])?.['end']],
        [nodeOf(node['meta'])?.['lastUpdated'], nodeOf(node['period'])?.['start']],
      ),
      author: personWords(main?.['individual'], source, reading.resolver),
      organisation: placeWords(node['serviceProvider'], source, reading.resolver),
      detail: compact({ type, location: placeWords(place, source, reading.resolver) }),
      markers: [...markers],
    }),
  }
}
