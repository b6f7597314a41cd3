/** A PDF with a page for each line, and on it that line of text. */
export function aPdf(...lines: readonly string[]): Uint8Array {
  return aPdfOf(lines.map((line) => Buffer.from(`BT /F1 12 Tf 72 720 Td (${line}) Tj ET`)))
}

/** A PDF with a page for each of these streams, pressed by the named filter if by any. */
export function aPdfOf(contents: readonly Buffer[], filter = ''): Uint8Array {
  const first = 4
  const pages = contents.map((_, place) => `${first + place * 2} 0 R`)
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.join(' ')}] /Count ${contents.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...contents.flatMap((content, place) => {
      const stream = content.toString('latin1')
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + place * 2 + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${stream.length} ${filter} >>\nstream\n${stream}\nendstream`,
      ]
    }),
  ]
  let file = '%PDF-1.4\n'
  const offsets = parts.map((part, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${part}\nendobj\n`
    return at
  })
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${rows}`
  const end = `trailer << /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF`
  return Uint8Array.from(Buffer.from(file + table + end, 'latin1'))
}
