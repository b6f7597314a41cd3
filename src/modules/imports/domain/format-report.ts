import { formatDate } from '#kernel/time'
import { type FileReport, isAllIn, type PatientReport, type SetAside } from './import-report.ts'
import type { Note } from './reading.ts'

const most = 5

/**
 * The report of an import for the person at the screen: what was stored, what was not and why,
 * grouped. Resources are named by type, id and place in the file; nothing clinical is said.
 */
export function formatReport(reports: readonly FileReport[]): string {
  const lines = reports.flatMap((report) => [...fileLines(report), ''])
  const bad = reports.filter((report) => !isAllIn(report))
  return [
    ...lines,
    bad.length === 0
      ? `All of ${counted(reports.length, 'file')} went in.`
      : `Not everything went in: see ${bad.map((report) => report.file).join(', ')}.`,
  ].join('\n')
}

function fileLines(report: FileReport): readonly string[] {
  if (report.unreadable !== undefined)
    return [`${report.file}: not read, because ${report.unreadable}`]
  const kind = report.source === 'gp-connect' ? 'GP Connect structured record (STU3)' : 'FHIR R4'
  const date = report.exportedAt ? ` of ${formatDate(report.exportedAt)}` : ''
  const { tally } = report
  return [
    `${report.file}: ${kind}${date}, ${report.isWhole ? 'whole' : 'in part'}, ${counted(report.counted, 'resource')}`,
    ...(report.addsUp
      ? []
      : ['  THE COUNTS DO NOT ADD UP: do not rely on this import, and tell support']),
    `  ${counted(tally.entry, 'entry', 'entries')}, ${tally.merged} merged into them, ` +
      `${tally.people} people, places and products, ${tally.quarantined} set aside`,
    ...report.patients.flatMap(patientLines),
    ...setAsideLines('belonging to no patient', report.setAside, '  '),
    ...noteLines(report.notes, '  '),
  ]
}

function patientLines(patient: PatientReport): readonly string[] {
  const who = `  NHS number ${patient.nhsNumber ?? 'not given'}`
  if (patient.refused !== undefined) {
    return [`${who}: nothing stored, because ${patient.refused}`]
  }
  const { stored } = patient
  const what = stored
    ? `${stored.stored} new, ${stored.updated} updated, ${stored.unchanged} unchanged, ${stored.closed} closed; ` +
      `${stored.released} released and ${stored.held} held by this import`
    : 'nothing to store'
  return [
    `${who}: ${what}`,
    ...setAsideLines('set aside', patient.setAside, '    '),
    ...noteLines(patient.notes, '    '),
  ]
}

function setAsideLines(
  title: string,
  items: readonly SetAside[],
  indent: string,
): readonly string[] {
  const groups = groupBy(items, (item) => `${item.type}: ${item.reason}`)
  return [...groups].flatMap(([what, group]) => [
    `${indent}${title}: ${group.length} ${what}`,
    ...some(
      group.map((item) => `${item.sourceKey}${item.path && ` at ${item.path}`}`),
      `${indent}  `,
    ),
  ])
}

function noteLines(notes: readonly Note[], indent: string): readonly string[] {
  const groups = groupBy(notes, (note) => note.what)
  return [...groups].flatMap(([what, group]) => [
    `${indent}noted: ${group.length} × ${what}`,
    ...some([...new Set(group.map((note) => note.about))], `${indent}  `),
  ])
}

function some(items: readonly string[], indent: string): readonly string[] {
  const shown = items.slice(0, most).map((item) => `${indent}${item}`)
  return items.length > most ? [...shown, `${indent}and ${items.length - most} more`] : shown
}

function groupBy<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const name = nameOf(item)
    groups.set(name, [...(groups.get(name) ?? []), item])
  }
  return groups
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
