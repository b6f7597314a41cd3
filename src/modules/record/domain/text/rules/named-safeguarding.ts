import type { TextRule } from '../rule.ts'

/** Safeguarding that is called by its name. Source: DISCLOSURE 2.2. */
export const namedSafeguardingRules: readonly TextRule[] = [
  {
    id: 'safeguarding.certain',
    category: 'safeguarding',
    why: 'It names a process that protects people, or abuse by its full name.',
    when: `SGCORE`,
    fires: ['30F| Safeguarding referral made. Knee better.', '8M| Section 47 enquiry.'],
    quiet: ['30F| No safeguarding concerns.', '51F| Works in child protection, stress, MED3.'],
  },
  {
    id: 'safeguarding.named',
    category: 'safeguarding',
    isSign: true,
    why: 'It names abuse, neglect, or an agency or process that deals with them.',
    when: `ABUSE\nTROUBLE`,
    fires: [
      '30F| MARAC on Tuesday.',
      '8M| Strategy meeting held.',
      '30F| Td booster given. IPV discussed.',
    ],
    quiet: [
      '30F| No safeguarding concerns.',
      '54M| MASLD clinic, MASH unlikely.',
      '1F| Second DTaP/IPV/Hib vaccination',
      '3M| Preschool booster DTaP/IPV given left thigh.',
    ],
  },
]
