import { accept, refuse, type Result } from '#kernel/result'
import { parseFhirXml } from './fhir-xml.ts'
import { nodeOf, textOf } from './fhir-node.ts'
import { measureJson } from './measure-json.ts'

/** The parsed contents of a file: one resource or bundle, or one a line. */
export interface ParsedFile {
  readonly roots: readonly unknown[]
  readonly format: 'json' | 'ndjson' | 'xml'
  /** Whether characters that no database can keep were taken out of its texts. */
  readonly isCleaned: boolean
}

const deepest = 200
/** Parsed they take about a gigabyte at the worst; a record of 100 MB has fewer. */
const mostValues = 4_000_000

/**
 * Reads the bytes of a file: JSON, NDJSON or XML of FHIR. Refused, with why in words: what is no
 * text, no JSON, no FHIR, nested deeper than 200, or of more than four million values. A line of
 * NDJSON that is no JSON is kept as its text, so that it is reported by itself.
 */
export function parseFile(bytes: Uint8Array): Result<ParsedFile, string> {
  const text = decode(bytes)
  if (text === undefined) return refuse('it is not text in UTF-8')
  const start = text.trimStart()
  if (start === '') return refuse('it is empty')
  const isXml = start.startsWith('<')
  const tooMuch = isXml ? undefined : whyTooMuch(bytes)
  if (tooMuch !== undefined) return refuse(tooMuch)
  const read = isXml ? parseXmlFile(start) : parseJsonFile(text)
  if (!read.ok) return read
  const isFhir = read.value.roots.some(
    (root) => !Array.isArray(root) && textOf(nodeOf(root)?.['resourceType']),
  )
  if (!isFhir) return refuse('it is not FHIR: nothing in it says its resourceType')
  if (!/\\u0000|\\ud[89a-f]|\0|[\ud800-\udfff]/i.test(text)) return read
  return accept({ ...read.value, roots: read.value.roots.map(clean), isCleaned: true })
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parseXmlFile(text: string): Result<ParsedFile, string> {
  const root = parseFhirXml(text)
  return root.ok ? accept({ roots: [root.value], format: 'xml' as const, isCleaned: false }) : root
}

function parseJsonFile(text: string): Result<ParsedFile, string> {
  const whole = parseJson(text)
  if (whole.ok) return accept({ roots: [whole.value], format: 'json' as const, isCleaned: false })
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const first = parseJson(lines[0] ?? '')
  if (lines.length < 2 || !first.ok || !nodeOf(first.value)) return refuse(whole.refusal)
  const roots = lines.map((line) => {
    const parsed = parseJson(line)
    return parsed.ok ? parsed.value : line
  })
  return accept({ roots, format: 'ndjson' as const, isCleaned: false })
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return accept(JSON.parse(text) as unknown)
  } catch (fault) {
    if (fault instanceof RangeError) return refuse('it is nested too deeply to be read')
    const at = /position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec(String(fault))
    const where = at?.[2] ? ` (line ${at[2]}, column ${at[3]})` : ''
    return refuse(`it is not JSON${where}`)
  }
}

function whyTooMuch(bytes: Uint8Array): string | undefined {
  const { depth, values, lines } = measureJson(bytes)
  if (depth > deepest) return `it is nested more than ${deepest} deep`
  if (values + lines <= mostValues) return undefined
  return 'it holds more than four million values: split it into several files'
}

/** Without NUL characters and halves of surrogate pairs, which Postgres cannot keep. */
function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(clean)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [clean(name) as string, clean(member)]),
  )
}
