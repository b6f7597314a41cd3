import type { VNode } from 'preact'

/** Leaves a request with the one answer for "not there" and "not yours" (I-9). */
export class NotFound extends Error {
  override readonly name = 'NotFound'
}

/** Leaves a request for another page, by 303. `location` is a path of this service. */
export class SeeOther extends Error {
  override readonly name = 'SeeOther'
  readonly location: string

  constructor(location: string) {
    super('Leave for another page')
    this.location = location
  }
}

/** Leaves a request with a page that says what is not possible and what to do next. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly page: VNode
  readonly status: number

  constructor(page: VNode, status = 403) {
    super('Refused with a page')
    this.page = page
    this.status = status
  }
}
