/** One line of a CSV file without its end: cells with a comma, a quote or a line end are quoted. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return cells.map((cell) => csvCell(cell === undefined ? '' : String(cell))).join(',')
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Reads one line of a CSV file; quotes within quoted cells are doubled. */
export function parseCsvLine(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',')
  const cells: string[] = []
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g
  for (const [, quoted, plain = ''] of line.matchAll(pattern)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
  }
  return cells
}

/** The lines of a file, whatever its line ends, without the empty ones and a byte order mark. */
export function csvLines(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
}
