import { describe, expect, test } from 'vitest'
import { criticalValueFlags } from './critical-values.ts'

describe('criticalValueFlags', () => {
  test.each(['Sodium 118', 'Na 118 today', 'Potassium level 6.4 mmol/L', 'CRP 250 mg/L', 'Hb 6.5'])(
    'finds a result far outside the ordinary in: %s',
    (text) => {
      expect(criticalValueFlags(text)).toMatchObject([{ rule: 'result.critical-value' }])
    },
  )

  test.each([
    'Levothyroxine sodium 100microgram tablets',
    'Docusate sodium 100mg capsules',
    'Sodium picosulfate 2.5 mg',
    'Sodium 1.25mg',
    'Sodium 138',
  ])('takes no dose for a result in: %s', (text) => {
    expect(criticalValueFlags(text)).toEqual([])
  })
})
