import { encode } from 'uqr'
import type { Practice } from '#modules/directory'

/** What a sign-up letter says. Nothing of the record, and no NHS number. */
export interface SignUpLetter {
  readonly practice: Practice
  readonly patientName: string
  readonly addressLines: readonly string[]
  readonly accountRef: string
  readonly key: string
  readonly lastDay: string
  /** The service's address, as people type it. */
  readonly siteUrl: string
  /** The page with the details filled in. */
  readonly link: string
  readonly madeAt: Date
}

const margin = 64
const squareSize = 150

/** A letter with linkage details, as a tagged PDF of one page. */
export async function signUpLetterPdf(letter: SignUpLetter): Promise<Buffer> {
  const { default: Pdf } = await import('pdfkit')
  const doc = new Pdf({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    lang: 'en-GB',
    tagged: true,
    displayTitle: true,
    info: { Title: 'Your sign-up details', CreationDate: letter.madeAt },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  const whole = doc.struct('Document')
  doc.addStructure(whole)
  const write = (tag: 'H1' | 'H2' | 'P', text: string, size = 12) =>
    whole.add(
      doc.struct(tag, {}, () => {
        doc
          .font(tag === 'P' ? 'Helvetica' : 'Helvetica-Bold')
          .fontSize(size)
          .text(inFont(text), { paragraphGap: 6 })
      }),
    )
  writeLetter(letter, write)
  whole.add(
    doc.struct('Figure', { alt: 'Square code that opens the sign-up page' }, () =>
      drawSquare(doc, letter.link),
    ),
  )
  whole.end()
  doc.end()
  return ended
}

function writeLetter(
  letter: SignUpLetter,
  write: (tag: 'H1' | 'H2' | 'P', text: string, size?: number) => void,
): void {
  const { practice } = letter
  write(
    'P',
    [practice.name, ...practice.addressLines, practice.postcode].filter(Boolean).join(', '),
  )
  write('P', [letter.patientName, ...letter.addressLines].join('\n'))
  write('H1', 'Your sign-up details', 20)
  write(
    'P',
    `Go to ${letter.siteUrl}/sign-up/letter and enter these, with your name and date of birth.`,
  )
  write('H2', `Surgery code: ${practice.practice}`, 14)
  write('H2', `Account ID: ${letter.accountRef}`, 14)
  write('H2', `Linkage key: ${letter.key}`, 14)
  write('P', `They work once, until the end of ${letter.lastDay}.`)
  write(
    'P',
    'Keep this letter to yourself. Nobody from your GP surgery will ask you for these details. You do not have to share them with anybody.',
  )
  write(
    'P',
    `If you need help, or did not ask for this letter, phone your GP surgery${practice.phone === undefined ? '' : `: ${practice.phone}`}. You can do everything by phone or in person too.`,
  )
  write('P', 'Or scan this square with the camera of your phone:')
}

/** Draws each dark part of a square code as a rectangle, so that it prints sharp at any size. */
function drawSquare(doc: PDFKit.PDFDocument, text: string): void {
  const { data, size } = encode(text, { border: 4, ecc: 'M' })
  const unit = squareSize / size
  const top = doc.y
  for (const [y, row] of data.entries())
    for (const [x, isDark] of row.entries())
      if (isDark) doc.rect(margin + x * unit, top + y * unit, unit, unit)
  doc.fill('#000000')
}

/** The built-in fonts have no marks beyond western Europe's: such a letter is printed without. */
function inFont(text: string): string {
  return Array.from(text, (letter) =>
    /^[\n -~\u00a0-\u00ff‘’“”–—…]$/u.test(letter)
      ? letter
      : letter.normalize('NFD').replaceAll(/[^ -~]/g, '') || '?',
  ).join('')
}
