import { formatDate } from '#kernel/time'
import { formatYears, partsOf, type ExportedEntry, type RecordExport } from './export-model.ts'

type Doc = PDFKit.PDFDocument
type Element = PDFKit.PDFStructureElement

const margin = 56

/** An export as a tagged PDF: headings, paragraphs and lists that screen readers can follow. */
export async function recordPdf(made: RecordExport): Promise<Buffer> {
  const { default: Pdf } = await import('pdfkit')
  const { patient } = made
  const name = printable(`${patient.givenName} ${patient.familyName}`)
  const doc = new Pdf({
    size: 'A4',
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    pdfVersion: '1.7',
    lang: 'en-GB',
    tagged: true,
    displayTitle: true,
    info: { Title: 'Health record', CreationDate: made.madeAt },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })

  const whole = doc.struct('Document')
  doc.addStructure(whole)
  write(doc, whole, 'H1', 'Health record', 22)
  write(doc, whole, 'P', `${name}, born ${formatDate(patient.bornOn)}`, 12)
  write(
    doc,
    whole,
    'P',
    `Made on ${formatDate(made.madeAt)}. Entries of ${formatYears(made.scope)}.`,
    11,
  )
  write(doc, whole, 'P', statement(made), 11)
  for (const part of partsOf(made)) {
    write(doc, whole, 'H2', part.name, 16)
    for (const entry of part.entries) writeEntry(doc, whole, entry)
  }
  whole.end()
  doc.end()
  return ended
}

/** Said of every export alike, whatever is left out of it. */
function statement({ isCut }: RecordExport): string {
  return [
    'This is what can be seen online of the parts that were chosen. Some information in a health record is not shown online, for anyone. Ask the GP surgery for a full copy.',
    'Keep it private: whoever has this file can read it.',
    ...(isCut
      ? ['The oldest entries are left out. Choose fewer years or parts to have them.']
      : []),
  ].join(' ')
}

function writeEntry(doc: Doc, whole: Element, { title, facts }: ExportedEntry): void {
  write(doc, whole, 'H3', title, 12)
  for (const [key, value] of facts) write(doc, whole, 'P', `${key}: ${value}`, 11)
}

function write(doc: Doc, parent: Element, tag: string, text: string, size: number): void {
  const isHeading = tag.startsWith('H')
  const element = doc.struct(tag, {}, () => {
    doc
      .font(isHeading ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .text(printable(text), { paragraphGap: isHeading ? 4 : 3 })
  })
  if (isHeading && doc.y > doc.page.height - margin - 80) doc.addPage()
  else if (isHeading) doc.moveDown(0.4)
  parent.add(element)
}

const words = [
  [/≥\s*/g, 'at least '],
  [/≤\s*/g, 'at most '],
  [/↑\s*/g, 'up '],
  [/↓\s*/g, 'down '],
  [/\r\n/g, '\n'],
  [/\t/g, ' '],
] as const
const letters: Readonly<Record<string, string>> = {
  '→': '->',
  μ: 'µ',
  '−': '-',
  '‑': '-',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
}
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * The text in the letters that the built-in fonts have. A letter with a mark that they lack loses
 * the mark; anything else they lack becomes a question mark, never another sign.
 */
export function printable(text: string): string {
  const worded = words.reduce((so, [sign, plain]) => so.replaceAll(sign, plain), text)
  return Array.from(worded, (letter) => {
    if (letter === '\n' || inFont(letter)) return letter
    const known = letters[letter]
    if (known !== undefined) return known
    const power = superscripts.indexOf(letter)
    if (power >= 0) return `^${power}`
    const base = letter.normalize('NFD').replaceAll(/\p{M}/gu, '')
    return base !== '' && Array.from(base).every(inFont) ? base : '?'
  }).join('')
}

function inFont(letter: string): boolean {
  return /^[ -~\u00a0-\u00ff‘’“”–—…•€™]$/u.test(letter)
}
