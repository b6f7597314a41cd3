import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { rules } from './layers.ts'

/** What was found in the `src` folder of a project: the rules broken, and how much was looked at. */
export interface Found {
  readonly broken: readonly { readonly rule: string; readonly from: string; readonly to: string }[]
  /** Files of `src` whose imports were read. */
  readonly inspected: number
}

/** Reads every import in `src`, types included, and holds it against the rules. */
export async function inspect(root: string): Promise<Found> {
  const { output } = await cruise(['src'], {
    baseDir: root,
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    ruleSet: { forbidden: [...rules] },
    validate: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
    },
  })
  const { modules, summary } = output as ICruiseResult
  return {
    broken: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    inspected: modules.filter(({ source }) => /^src\/.*\.tsx?$/.test(source)).length,
  }
}
