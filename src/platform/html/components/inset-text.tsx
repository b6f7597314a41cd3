import {
  classNames,
  spread,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of inset text. `visuallyHiddenText` is "Information" if not given. */
type InsetTextOptions = Common & Words & Options<{ visuallyHiddenText: string }>

/** Words set apart from those around them. */
export function InsetText(options: InsetTextOptions & Children) {
  return (
    <div
      class={classNames('nhsuk-inset-text', options.classes)}
      id={options.id}
      {...spread(options.attributes)}
    >
      <span class="nhsuk-u-visually-hidden">{options.visuallyHiddenText || 'Information'}: </span>
      {options.children ?? options.html ?? (options.text && <p>{options.text}</p>)}
    </div>
  )
}
