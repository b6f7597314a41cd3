import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  itemMoves,
  itemStates,
  type ItemState,
  type Mover,
} from '../src/modules/prescriptions/domain/item.ts'

const page = fileURLToPath(new URL('../docs/prescription-states.md', import.meta.url))
const who: Readonly<Record<Mover, string>> = {
  patient: 'patient or proxy',
  triage: 'staff who triage',
  prescriber: 'prescriber',
  eps: 'prescription service',
}
const moves = Object.entries(itemMoves)
const reports = moves.filter(([name]) => name.startsWith('report-'))
const byHand = moves.filter(([name]) => !name.startsWith('report-'))
const idOf = (state: ItemState) => state.replaceAll('-', '_')

/** The page as the table of moves has it. */
function drawn(): string {
  const reported = itemStates.filter((state) =>
    reports.some(([, rule]) => rule.from.includes(state)),
  )
  return `# The states of an ordered medicine

Drawn from \`itemMoves\` in \`src/modules/prescriptions/domain/item.ts\` by
\`test/prescription-states.test.ts\`, which fails where the two differ. To draw it anew, run that test
with \`-u\`.

\`\`\`mermaid
stateDiagram-v2
${itemStates.map((state) => `  state "${state.replaceAll('-', ' ')}" as ${idOf(state)}`).join('\n')}
  [*] --> requested
${byHand
  .flatMap(([name, rule]) =>
    rule.from.map((from) => `  ${idOf(from)} --> ${idOf(rule.to)}: ${name}`),
  )
  .join('\n')}
\`\`\`

A status update leads from any of these to any other of them, whichever is true of the latest time:
${reported.map((state) => `\`${state}\``).join(', ')}.

| Move | By | From | To |
|---|---|---|---|
${moves
  .map(
    ([name, rule]) =>
      `| ${name} | ${rule.by.map((one) => who[one]).join(', ')} | ${rule.from.join(', ')} | ${rule.to} |`,
  )
  .join('\n')}
`
}

test('the page on the states of an ordered medicine is what the table of moves says', async () => {
  await expect(drawn()).toMatchFileSnapshot(page)
})
