import type { ReviewModel } from '../review-model.ts'

/** What the person has before them, so that a decision meanwhile, or new content, is noticed. */
export function Seen({ found: { subject }, filter }: Pick<ReviewModel, 'found' | 'filter'>) {
  return (
    <>
      <input type="hidden" name="decisionNo" value={String(subject.standing?.decisionNo ?? 0)} />
      <input type="hidden" name="contentHash" value={subject.contentHash} />
      <input type="hidden" name="lane" value={filter.lane ?? ''} />
      <input type="hidden" name="kind" value={filter.kind ?? ''} />
      <input type="hidden" name="rule" value={filter.rule ?? ''} />
    </>
  )
}
