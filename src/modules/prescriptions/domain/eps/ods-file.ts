import { parseOdsCode } from '#kernel/ods-code'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import type { Pharmacy, PharmacyKind } from './pharmacy.ts'
import { parsePostcode } from './postcode.ts'

/** What was read of a file; a line that could not be is told by its number (from 1) and why. */
export interface ReadOdsFile {
  readonly pharmacies: readonly Pharmacy[]
  readonly refused: readonly { readonly line: number; readonly why: string }[]
}

/**
 * Reads a file in the shape that the Organisation Data Service publishes: no heading, 27 columns,
 * code and name first, five lines of address and the postcode, opened and closed as 20130401, and
 * the phone number in the eighteenth. All lines are of one kind, as the service's files are. A line
 * that is not of the shape is refused, and the others are read.
 */
export function parseOdsFile(text: string, kind: PharmacyKind): ReadOdsFile {
  const pharmacies: Pharmacy[] = []
  const refused: { line: number; why: string }[] = []
  for (const [place, row] of text.split(/\r?\n/).entries()) {
    if (row.trim() === '') continue
    const read = pharmacyOf(fieldsOf(row), kind)
    if (typeof read === 'string') refused.push({ line: place + 1, why: read })
    else pharmacies.push(read)
  }
  return { pharmacies, refused }
}

function pharmacyOf(fields: readonly string[], kind: PharmacyKind): Pharmacy | string {
  if (fields.length !== 27) return `it has ${fields.length} columns, not 27`
  const [code = '', name = '', , , ...rest] = fields
  const odsCode = parseOdsCode(code)
  if (!odsCode.ok) return 'the code is not an ODS code'
  if (name === '') return 'it has no name'
  const postcode = parsePostcode(rest[5] ?? '')
  if (postcode === undefined) return 'it has no postcode'
  const phone = fields[17]?.slice(0, 30)
  return {
    odsCode: odsCode.value,
    name: inWords(name).slice(0, 200),
    addressLines: rest
      .slice(0, 5)
      .filter((line) => line !== '')
      .map(inWords),
    postcode,
    phone: phone === '' ? undefined : phone,
    kind,
    openedOn: dayOf(fields[10]),
    closedOn: dayOf(fields[11]),
  }
}

function dayOf(digits: string | undefined): LocalDate | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(digits ?? '')
  return parts ? parseLocalDate(`${parts[1]}-${parts[2]}-${parts[3]}`) : undefined
}

const smallWords = new Set(['and', 'at', 'in', 'of', 'on', 'the', 'upon'])

/** The files are in capitals: as people write names, with what has a digit in it left alone. */
function inWords(capitals: string): string {
  const written = capitals.trim().replaceAll(/\s+/g, ' ')
  if (written !== written.toUpperCase()) return written
  return written
    .toLowerCase()
    .replaceAll(/[a-z0-9'’]+/g, (word, place: number) =>
      place > 0 && smallWords.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
    )
}

/** Fields between commas; one in quotes may hold commas, and two quotes for one. */
function fieldsOf(row: string): readonly string[] {
  // A comma before the first as well, so that no field is matched by nothing at all.
  const fields = [...`,${row}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"]*))(?=,|$)/g)]
  return fields.map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim())
}
