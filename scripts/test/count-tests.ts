import type { TestModule } from 'vitest/node'

/** How many tests ended how. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Counts tests by how they ended. A file that failed without a failed test, because it could not be
 * read or prepared, counts as one that failed; so does each error outside of any test.
 */
export function countTests(modules: readonly TestModule[], strayErrors: number): Counts {
  let passed = 0
  let failed = strayErrors
  let skipped = 0
  for (const module of modules) {
    let failedHere = 0
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') passed += 1
      else if (state === 'failed') failedHere += 1
      else skipped += 1
    }
    failed += failedHere === 0 && !module.ok() ? 1 : failedHere
  }
  return { passed, failed, skipped }
}
