import type { Subject } from '#kernel/subjects'

/** Be told of it in person first, or keep it from those who act for the patient. Source: DOMAIN TR-3. */
export type Choice = 'tell-in-person' | 'keep-private'

/** One choice that holds, since when. */
export interface ReadingChoice {
  readonly choice: Choice
  readonly subject: Subject
  readonly chosenAt: Date
}

/** Subjects of which a patient may be told in person first, in the order of the page. */
export const tellable: readonly Subject[] = [
  'cancer',
  'pregnancy',
  'genetic',
  'mental-health',
  'sexual-health',
  'abnormal',
]

/** Subjects that a patient may keep from those who act for them, in the order of the page. */
export const keepable: readonly Subject[] = [
  'mental-health',
  'sexual-health',
  'pregnancy',
  'alcohol-drugs',
  'genetic',
  'cancer',
]
