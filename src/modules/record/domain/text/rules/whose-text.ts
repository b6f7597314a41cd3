import type { TextRule } from '../rule.ts'

/** Certain signs that a text is of somebody else. Source: DISCLOSURE 2.2, 4.4. */
export const whoseTextRules: readonly TextRule[] = [
  {
    id: 'wrong.compared',
    category: 'wrong_patient',
    why: 'It sets what it says of somebody against what is true of this patient.',
    when: `
      ours is/was/has/had/not/never/isn't/does/doesn't/NUMBER/DATE/CAPITAL/wasn't
      ends ~1 NUMBER ~3 ours/hers/his
      one/1/two digit/digits ~1 out/wrong/different/off
      digit/digits ~1 out/transposed/swapped
      wrong/other ~1 mr/mrs/miss/ms. CAPITAL
      wrong CAPITAL CAPITAL
      under/on/to/for ~1 other one
      the other one
      no such hx/history/operation/op/scar
      not ~1 her/his/our/pt's ecg/xray/scan/letter/result/results/bloods/report/photo/sample/form/hx
    `,
    fires: [
      '50F| Echo report for Jones, ours is 30 years younger.',
      '30M| Report says mastectomy. No such hx.',
    ],
    quiet: ['50F| Echo report normal, told.', '44F| L knee better, the other knee sore.'],
  },
  {
    id: 'wrong.addressed',
    category: 'wrong_patient',
    why: 'A document in the record is for somebody with another name.',
    when: `
      letter/report/label/form/fax/result/results/summary/discharge/scan ~2 for/re/headed/addressed/titled/named/labelled/describes/reads ~1 mr/mrs/miss/ms./master CAPITAL
      return to sender
    `,
    unless: `ROLE\nsurgeon/surgery/urol*/ortho*/gynae*/consultant/secretary/cons/mp\nSPOUSE\nPARENT\nteacher/school/head/employer/solicitor/landlord/manager/boss`,
    fires: ['50F| Report headed Mrs Finch.', '40M| Return to sender, moved to Leeds.'],
    quiet: ['50F| Letter for Mr Shah, surgeon, dictated.', '50F| Letter for school given.'],
  },
  {
    id: 'wrong.he-in-her-letter',
    category: 'wrong_patient',
    why: 'It is written of a man, and the patient is a woman.',
    sex: 'female',
    from: 12,
    when: `
      this ~2 gentleman/gent/chap
      ^ dear mr/master
    `,
    unlessAnywhere: `she/her/lady/thank/thanks/seeing/refer*/opinion/regards\nSPOUSE\nPARENT`,
    fires: [
      '31F| This gentleman attended alone.',
      '55F| Dear Mr Jabbar, your appointment is on Monday.',
    ],
    quiet: [
      '31F| Dear Mr Lowe, thank you for seeing this lady.',
      '31F| She let this gentleman go first.',
    ],
  },
  {
    id: 'wrong.she-in-his-letter',
    category: 'wrong_patient',
    why: 'It is written of a woman, and the patient is a man.',
    sex: 'male',
    from: 12,
    when: `
      this ~2 lady/woman
      ^ dear mrs/miss/ms.
    `,
    unlessAnywhere: `he/his/him/gentleman/thank/thanks/seeing/refer*/opinion/regards\nSPOUSE\nPARENT`,
    fires: [
      '31M| This lady attended alone.',
      '55M| Dear Mrs Jabbar, your appointment is on Monday.',
    ],
    quiet: ['31M| Dear Miss Lowe, thank you for seeing him.', '31M| He helped this lady up.'],
  },
  {
    id: 'wrong.past-bearing',
    category: 'wrong_patient',
    why: 'It speaks of a pregnancy now, and the patient is past the age for it.',
    sex: 'female',
    from: 57,
    when: `BEARING`,
    unlessAnywhere: `ANYONE\nHISTORY\nOCCUPATION\nprevious/past/pmh/prev/obs`,
    fires: ['61F| Anatomy scan: placenta fundal.', '74F| Postnatal debrief.'],
    quiet: ['61F| Daughter has her anatomy scan Monday.', '40F| Anatomy scan normal.'],
  },
  {
    id: 'wrong.only-of-the-old',
    category: 'wrong_patient',
    why: 'It speaks of what only the old have, and the patient is young.',
    from: 15,
    under: 36,
    when: `OLDONLY`,
    unlessAnywhere: `REL\nHISTORY\nOCCUPATION\nNEIGHBOUR\nwork/works/job/shift/student/placement/early/young/ld/learning/down's/resident/ward/tbi/clients/residents`,
    fires: ['22M| MMSE 29, bus pass renewed.', '27F| Widow of 50 yrs, sheltered flat.'],
    quiet: ['22M| Works with dementia, MMSE training.', '82F| Widow of 50 yrs.'],
  },
]
