import {
  classNames,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of an error message. `visuallyHiddenText` is "Error" if not given; '' leaves it out. */
export type ErrorMessageOptions = Common & Words & Options<{ visuallyHiddenText: string }>

/** What is wrong with the answer of the field it stands above. */
export function ErrorMessage(options: ErrorMessageOptions & Children) {
  const { visuallyHiddenText = 'Error' } = options
  return (
    <span
      class={classNames('nhsuk-error-message', options.classes)}
      id={options.id}
      {...spread(options.attributes)}
    >
      {visuallyHiddenText && <span class="nhsuk-u-visually-hidden">{visuallyHiddenText}: </span>}
      {options.children ?? wording(options)}
    </span>
  )
}
