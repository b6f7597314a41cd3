import { classNames, spread, wording, type Children, type Common, type Words } from './options.ts'

/** Options of a hint. */
export type HintOptions = Common & Words

/** Help that stands between a label and its field. */
export function Hint(options: HintOptions & Children) {
  return (
    <div
      class={classNames('nhsuk-hint', options.classes)}
      id={options.id}
      {...spread(options.attributes)}
    >
      {options.children ?? wording(options)}
    </div>
  )
}
