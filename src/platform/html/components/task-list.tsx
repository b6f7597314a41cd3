import { Heading, type HeadingOptions, type HeadingSlot } from './heading.tsx'
import { safeHref } from '../safe-href.ts'
import {
  classNames,
  hasWords,
  slot,
  spread,
  wording,
  type Common,
  type Items,
  type Options,
  type Slot,
  type Words,
} from './options.ts'
import { Tag, type TagOptions } from './tag.tsx'

/** How far a task is: words, or a tag. */
type TaskStatus = Words & Options<{ tag: TagOptions; classes: string }>

/** One task. Without `href` it cannot be started yet. */
type TaskItem = Options<{
  heading: HeadingSlot
  hint: Slot
  status: Slot<TaskStatus>
  href: string
  classes: string
}>

/** Options of a task list. */
type TaskListOptions = Common & Options<{ idPrefix: string; items: Items<TaskItem> }>

function TaskName(props: { readonly item: TaskItem; readonly describedBy: string }) {
  const { item, describedBy } = props
  const heading = slot<HeadingOptions>(item.heading)
  const link = item.href
    ? { href: safeHref(item.href), 'aria-describedby': describedBy }
    : undefined
  return (
    <Heading
      id={heading.id}
      text={heading.text}
      html={heading.html}
      visuallyHiddenText={heading.visuallyHiddenText}
      className={link ? 'nhsuk-task-list__link' : ''}
      classes={classNames(link && 'nhsuk-link', heading.classes)}
      attributes={{ ...link, ...heading.attributes }}
      element={link ? 'a' : 'div'}
    />
  )
}

function Task(props: { readonly item: TaskItem; readonly prefix: string }) {
  const { item, prefix } = props
  const hint = slot(item.hint)
  const status = slot<TaskStatus>(item.status)
  const hintId = hasWords(hint) && `${prefix}-hint`
  const statusId = `${prefix}-status`
  return (
    <li
      class={classNames(
        'nhsuk-task-list__item',
        item.href && 'nhsuk-task-list__item--with-link',
        item.classes,
      )}
    >
      <div class="nhsuk-task-list__name-and-hint">
        <TaskName item={item} describedBy={classNames(hintId, statusId)} />
        {hintId && (
          <div class="nhsuk-task-list__hint" id={hintId}>
            {wording(hint)}
          </div>
        )}
      </div>
      <div class={classNames('nhsuk-task-list__status', status.classes)} id={statusId}>
        {status.tag ? <Tag {...status.tag} /> : wording(status)}
      </div>
    </li>
  )
}

/** Tasks that make up something long, and how far each is. */
export function TaskList(options: TaskListOptions) {
  const prefix = options.idPrefix || 'task-list'
  return (
    <ul
      class={classNames('nhsuk-task-list', options.classes)}
      id={options.id}
      {...spread(options.attributes)}
    >
      {(options.items ?? []).map(
        (item, index) => item && <Task item={item} prefix={`${prefix}-${index + 1}`} />,
      )}
    </ul>
  )
}
