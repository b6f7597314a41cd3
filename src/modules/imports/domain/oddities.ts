import { misspelling } from './extensions.ts'
import { nodesOf } from './fhir-node.ts'
import type { Reading } from './reading.ts'
import { referencesIn } from './references.ts'
import type { Source } from './sources.ts'

/** References that lead nowhere and misspelt extensions, said in the report and nothing more. */
export function noteOddities(source: Source, reading: Reading): void {
  for (const { path, reference } of referencesIn(source.node)) {
    const target = reading.resolver.target(reference, source)
    if (!('missing' in target) || target.missing === 'nothing') continue
    const what =
      target.missing === 'a sentence'
        ? 'a reference is a sentence and not an address'
        : 'it names something that is not in the file'
    reading.note(source, what, `${path}: ${target.text}`)
  }
  for (const url of misspellingsIn(source.node)) {
    reading.note(source, 'a misspelt extension was read as what it plainly means', url)
  }
}

function misspellingsIn(node: unknown): readonly string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (value !== null && typeof value === 'object') {
      for (const [name, member] of Object.entries(value)) {
        if (name === 'extension') {
          for (const extension of nodesOf(member)) {
            const wrong = misspelling(extension['url'])
            if (wrong) found.add(wrong)
          }
        }
        if (name !== 'contained') visit(member)
      }
    }
  }
  visit(node)
  return [...found]
}
