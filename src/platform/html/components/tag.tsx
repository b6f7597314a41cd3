import {
  classNames,
  flag,
  modifier,
  spread,
  wording,
  type Children,
  type Common,
  type Options,
  type Words,
} from './options.ts'

/** Options of a tag. `colour: false` and `border: false` leave these away. */
export type TagOptions = Common &
  Words &
  Options<{
    colour:
      | 'white'
      | 'grey'
      | 'green'
      | 'aqua-green'
      | 'blue'
      | 'purple'
      | 'pink'
      | 'red'
      | 'orange'
      | 'yellow'
      | false
    border: boolean
  }>

const COLOURS = [
  'white',
  'grey',
  'green',
  'aqua-green',
  'blue',
  'purple',
  'pink',
  'red',
  'orange',
  'yellow',
]

/** The state of something, in a word or two. The words must do without the colour. */
export function Tag(options: TagOptions & Children) {
  const { classes, colour, border } = options
  return (
    <strong
      class={classNames(
        'nhsuk-tag',
        modifier('nhsuk-tag--', colour, COLOURS, classes),
        flag('nhsuk-tag--no-colour', colour === false, classes),
        flag('nhsuk-tag--no-border', border === false, classes),
        classes,
      )}
      id={options.id}
      {...spread(options.attributes)}
    >
      {options.children ?? wording(options)}
    </strong>
  )
}
