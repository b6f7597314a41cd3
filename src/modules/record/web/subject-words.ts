import type { Subject } from '#kernel/subjects'

const names: Readonly<Record<Subject, string>> = {
  cancer: 'Cancer, or tests for it',
  pregnancy: 'Pregnancy, fertility and contraception',
  genetic: 'Genetic tests and inherited illness',
  'mental-health': 'Mental health and memory',
  'sexual-health': 'Sexual health and gender',
  'alcohol-drugs': 'Alcohol, drugs and smoking',
  abnormal: 'Any test result that is not plainly normal',
}

/** A subject as patients choose it. */
export function formatSubject(subject: Subject): string {
  return names[subject]
}
