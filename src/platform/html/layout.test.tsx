import { HtmlValidate } from 'html-validate'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import {
  BackLink,
  Breadcrumb,
  Button,
  Card,
  CharacterCount,
  Checkboxes,
  DateInput,
  Details,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  Pagination,
  PasswordInput,
  Radios,
  renderPage,
  serialize,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
  TrendChart,
  usePageContext,
  WarningCallout,
  type PageContext,
} from './index.ts'
import { aPageContext } from './test-page.ts'

const faults = [
  { field: 'slot', message: 'Choose an appointment' },
  { field: 'reason', message: 'Reason must be 150 characters or fewer' },
]

/** A page with something of everything, in which every slot that holds text says `words`. */
function everything(words: string) {
  const choices = (more: string) => [
    { value: 'one', text: words, hint: words },
    { value: 'two', text: words, conditional: { html: <Input name={more} label={words} /> } },
  ]
  return (
    <Layout title={words} hasErrors before={<BackLink href="/" text={words} />}>
      <ErrorSummaryFor faults={[{ field: 'slot', message: words }, ...faults]} />
      <h1 class="nhsuk-heading-l">{words}</h1>
      <Form action="/appointments" idempotencyKey={words}>
        <Radios
          name="slot"
          fieldset={{ legend: words }}
          items={choices('phone')}
          errorMessage={words}
        />
        <Checkboxes
          name="tell"
          fieldset={{ legend: words }}
          items={choices('other')}
          hint={words}
        />
        <Input name="name" label={words} value={words} hint={words} prefix={words} suffix={words} />
        <Textarea name="note" label={words} value={words} />
        <CharacterCount name="reason" label={words} value={words} maxlength={150} />
        <PasswordInput name="password" label={words} />
        <Select name="where" label={words} items={[{ value: words, text: words }]} value={words} />
        <DateInput id="born" fieldset={{ legend: words }} values={{ day: words }} />
        <Button>{words}</Button>
      </Form>
      <SummaryList rows={[{ key: words, value: words, actions: [{ href: '/x', text: words }] }]} />
      <Table caption={words} head={[words, words]} rows={[[words, { text: words, href: '/y' }]]} />
      <Card heading={words} description={words} href="/z" />
      <Details summary={words} text={words} />
      <WarningCallout heading={words} text={words} />
      <InsetText text={words} />
      <p>
        <Tag text={words} />
      </p>
      <Breadcrumb items={[{ href: '/', text: words }]} ariaLabel={words} />
      <Pagination previous={{ href: '/?page=1', label: words }} next={{ href: '/?page=3' }} />
      <TrendChart id="trend" name={words} unit={words} points={[{ at: new Date(0), value: 1 }]} />
    </Layout>
  )
}

function contextSaying(words: string): PageContext {
  return aPageContext({
    csrf: words,
    signedInAs: words,
    actingFor: words,
    actingForHref: '/acting-for',
    practiceName: words,
    navigation: [{ text: words, href: '/' }],
    notices: [{ text: words }, { text: words, variant: 'success' }],
  })
}

function documentOf(html: string): Document {
  return parseHTML(html).document
}

const plain = (
  <Layout title="Your appointments">
    <h1>Your appointments</h1>
  </Layout>
)

describe('Layout', () => {
  test('begins the title with the page, and with "Error: " after a form with faults', () => {
    expect(documentOf(renderPage(plain, aPageContext())).title).toBe(
      'Your appointments – Patient Online',
    )
    expect(documentOf(renderPage(everything('Words'), aPageContext())).title).toBe(
      'Error: Words – Patient Online',
    )
  })

  test('is a whole document in British English, with a way past the header to the main part', () => {
    const html = renderPage(plain, aPageContext())
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en-GB">/)
    const page = documentOf(html)
    const [first] = page.querySelectorAll('a')
    expect(first?.getAttribute('href')).toBe('#maincontent')
    expect(page.querySelectorAll('main#maincontent h1')).toHaveLength(1)
    expect(page.querySelectorAll('h1')).toHaveLength(1)
  })

  test('shows the NHS logo only where the context says that it may be shown', () => {
    const without = documentOf(renderPage(plain, aPageContext()))
    expect(without.querySelector('.nhsuk-header__logo, [aria-label*="NHS"]')).toBeNull()
    const home = without.querySelector('a.nhsuk-header__service-name')
    expect(home?.textContent).toBe('Patient Online')
    const shown = documentOf(renderPage(plain, aPageContext({ showNhsLogo: true })))
    expect(shown.querySelector('.nhsuk-header__logo')).not.toBeNull()
  })

  test('fetches nothing from another host, and has no inline script, style or handler', () => {
    const html = renderPage(everything('Words'), contextSaying('Words'))
    const page = documentOf(html)
    expect(page.querySelectorAll('style, [style], script:not([src]), base, iframe')).toHaveLength(0)
    const attributes = [...page.querySelectorAll('*')].flatMap((one) => [...one.attributes])
    expect(attributes.filter(({ name }) => name.startsWith('on'))).toEqual([])
    const fetched = [...page.querySelectorAll('[src], link[href]')].map(
      (one) => one.getAttribute('src') ?? one.getAttribute('href'),
    )
    expect(fetched).toEqual(['/assets/icon-1.svg', '/assets/app-1.css', '/assets/app-1.js'])
  })

  test('lets no text become markup, in whatever slot it stands', () => {
    const hostile = `"></title></textarea><script>alert('x')</script><img onerror=alert(1)>&lt;b&gt;`
    const page = documentOf(renderPage(everything(hostile), contextSaying(hostile)))
    expect(page.querySelectorAll('script:not([src="/assets/app-1.js"]), img, b')).toHaveLength(0)
    expect(page.querySelectorAll('[onerror]')).toHaveLength(0)
    const plainPage = documentOf(renderPage(everything('Words'), contextSaying('Words')))
    const count = (of: Document) => of.querySelectorAll('*').length
    expect(count(page)).toBe(count(plainPage))
    for (const typed of page.querySelectorAll('textarea')) {
      // linkedom leaves the references in a textarea as they are.
      typed.textContent = (typed.textContent ?? '')
        .replaceAll('&lt;', '<')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
    }
    expect(page.body.textContent?.replaceAll(hostile, 'Words')).toBe(plainPage.body.textContent)
  })

  test('is valid HTML', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // The official markup gives header, footer and nav their own roles again, for old readers.
        'no-redundant-role': 'off',
        // The menu and sign-out buttons of the official header have no type.
        'no-implicit-button-type': 'off',
        // Checkboxes share a name without "[]", as the official ones do.
        'form-dup-name': 'off',
        // The official password field asks not to be given capital letters.
        'input-attributes': 'off',
        // The official notification banner is a div with the role of a region or an alert.
        'prefer-native-element': 'off',
        // Preact writes <meta/>, and leaves the values of true attributes away.
        'void-style': 'off',
      },
    })
    const pages = [
      renderPage(everything('Words'), contextSaying('Words')),
      renderPage(plain, aPageContext({ face: 'practice' })),
      renderPage(plain, aPageContext({ face: 'public', signedInAs: undefined, navigation: [] })),
    ]
    for (const html of pages) {
      const { results } = await validator.validateString(html)
      expect(results.flatMap(({ messages }) => messages.map((one) => one.message))).toEqual([])
    }
  })

  test('says for whom one acts, and where to change it', () => {
    const page = documentOf(
      renderPage(plain, aPageContext({ actingFor: 'Tom Patel', actingForHref: '/acting-for' })),
    )
    const banner = page.querySelector('.app-acting-for')
    expect(banner?.textContent).toContain('You are acting for Tom Patel')
    expect(banner?.querySelector('a')?.getAttribute('href')).toBe('/acting-for')
    expect(
      documentOf(renderPage(plain, aPageContext())).querySelector('.app-acting-for'),
    ).toBeNull()
  })

  test('lets patients leave at once on every page, as a plain link that tells nobody', () => {
    const exit = (face: PageContext['face']) =>
      documentOf(renderPage(plain, aPageContext({ face }))).querySelector('.app-quick-exit a')
    expect(exit('patient')?.getAttribute('href')).toBe('https://www.bbc.co.uk/weather')
    expect(exit('patient')?.getAttribute('rel')).toBe('noreferrer')
    expect(exit('practice')).toBeNull()
  })

  test('signs out by a form that carries the token; with nobody signed in there is none', () => {
    const form = (context: PageContext) =>
      documentOf(renderPage(plain, context)).querySelector('header form')
    const signOut = form(aPageContext())
    expect(signOut?.getAttribute('action')).toBe('/sign-out')
    expect(signOut?.getAttribute('method')).toBe('post')
    expect(signOut?.querySelector('[name=_csrf]')?.getAttribute('value')).toBe('the-token')
    expect(signOut?.querySelector('button')?.textContent).toBe('Sign out')
    expect(form(aPageContext({ face: 'practice' }))?.getAttribute('action')).toBe(
      '/practice/sign-out',
    )
    expect(form(aPageContext({ signedInAs: undefined }))).toBeNull()
  })

  test('has ids of which none is there twice', () => {
    const page = documentOf(renderPage(everything('Words'), contextSaying('Words')))
    const ids = [...page.querySelectorAll('[id]')].map((one) => one.id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })
})

describe('Form', () => {
  const inputs = (form: ReturnType<typeof everything>, context = aPageContext()) =>
    [...documentOf(renderPage(form, context)).querySelectorAll('form')].map((one) => [
      one.getAttribute('method'),
      ...[...one.querySelectorAll('input')].map((input) => input.getAttribute('name')),
    ])

  test('posts the token, and the idempotency key where there is one', () => {
    expect(inputs(<Form action="/x" idempotencyKey="1" />)).toEqual([
      ['post', '_csrf', 'idempotencyKey'],
    ])
    expect(inputs(<Form action="/x" />)).toEqual([['post', '_csrf']])
  })

  test('never puts the token into an address', () => {
    expect(inputs(<Form action="/x" method="get" />)).toEqual([['get']])
  })

  test('goes to no other scheme', () => {
    expect(() => inputs(<Form action="javascript:alert(1)" />)).toThrow('not allowed')
  })
})

describe('ErrorSummaryFor', () => {
  test('lists every fault in the order given, each linking to its field', () => {
    const html = renderPage(<ErrorSummaryFor faults={faults} />, aPageContext())
    const links = [...documentOf(`<body>${html}</body>`).querySelectorAll('a')]
    expect(links.map((link) => [link.getAttribute('href'), link.textContent])).toEqual([
      ['#slot', 'Choose an appointment'],
      ['#reason', 'Reason must be 150 characters or fewer'],
    ])
  })

  test('is not there without a fault', () => {
    expect(renderPage(<ErrorSummaryFor faults={[]} />, aPageContext())).toBe('<!DOCTYPE html>')
  })
})

test('messageFor finds the first message of a field, and nothing for one that is right', () => {
  expect(messageFor(faults, 'reason')).toBe('Reason must be 150 characters or fewer')
  expect(messageFor(faults, 'name')).toBeUndefined()
  expect(messageFor(undefined, 'name')).toBeUndefined()
})

test('usePageContext throws where nobody supplied a context', () => {
  const Asks = () => <p>{usePageContext().face}</p>
  expect(() => serialize(<Asks />)).toThrow('without one')
})

test('a first line break that was typed into a textarea comes back', () => {
  const html = renderPage(
    <Textarea name="note" label="Note" value={'\nsecond line'} />,
    aPageContext(),
  )
  expect(html).toContain('>\n\nsecond line</textarea>')
})
