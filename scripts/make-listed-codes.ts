import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Makes the table of listed codes from a file of comma-separated rows that begin
 * `system,code,display,category`: codes and categories only, without any terms.
 * `node scripts/make-listed-codes.ts FILE.csv`
 */
const file = process.argv[2]
if (file === undefined) {
  console.error('Name the file of codes: node scripts/make-listed-codes.ts FILE.csv')
  process.exit(2)
}
const table = new Map<string, Set<string>>()
for (const line of readFileSync(file, 'utf8').split(/\r?\n/).slice(1).filter(Boolean)) {
  const [, code = '', , category = ''] = cellsOf(line)
  if (code === '' || category === '') continue
  table.set(category, (table.get(category) ?? new Set()).add(code))
}
const sorted = [...table]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([category, codes]) => [category, [...codes].toSorted().join(' ')])
writeFileSync(
  'src/modules/record/domain/text/listed-codes.json',
  `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`,
)

function cellsOf(line: string): readonly string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, bare]) =>
    (quoted ?? bare ?? '').trim(),
  )
}
