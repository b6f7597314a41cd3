import { serialize } from '#platform/html'
import type { StandInLevel, StandInPerson } from './person.ts'

const levels: readonly { readonly level: StandInLevel; readonly words: string }[] = [
  { level: 'P9', words: 'Identity proved with photo identification (P9)' },
  { level: 'P5', words: 'Details matched, identity not proved (P5)' },
  { level: 'P0', words: 'Only email address and phone known (P0)' },
]

/** Where the made-up person is chosen, and how well they are known. */
export function choosingPage(props: {
  readonly action: string
  readonly people: readonly StandInPerson[]
  /** Levels that the service asked for. */
  readonly asked: readonly StandInLevel[]
}): string {
  const title = 'Stand-in for NHS login'
  const page = (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <style>{style}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <p>
            This is not NHS login. It plays its part in a demonstration, with made-up people. Choose
            who you are.
          </p>
          <form method="post" action={props.action}>
            <p>
              <label for="person">Person</label>
              <select id="person" name="person">
                {props.people.map((person, place) => (
                  <option value={String(place)} key={person.email}>
                    {`${person.name}, ${person.practice} (${person.email})`}
                  </option>
                ))}
              </select>
            </p>
            <fieldset>
              <legend>How well NHS login knows them</legend>
              {levels
                .filter(({ level }) => props.asked.includes(level))
                .map(({ level, words }, place) => (
                  <p key={level}>
                    <input
                      type="radio"
                      id={level}
                      name="level"
                      value={level}
                      checked={place === 0}
                    />{' '}
                    <label for={level}>{words}</label>
                  </p>
                ))}
            </fieldset>
            <p>
              <button name="answer" value="agree">
                Continue
              </button>{' '}
              <button name="answer" value="back">
                Do not agree to share
              </button>
            </p>
          </form>
        </main>
      </body>
    </html>
  )
  return `<!DOCTYPE html>${serialize(page)}`
}

const style = `
  body { font: 1.1rem/1.5 sans-serif; margin: 0; color: #212b32; background: #fff }
  main { max-width: 40rem; margin: 0 auto; padding: 1rem }
  select { display: block; font: inherit; max-width: 100%; padding: .4rem }
  fieldset { border: 1px solid #4c6272; margin: 1rem 0 }
  button { font: inherit; padding: .5rem 1rem; margin: 0 .5rem .5rem 0 }
  input { width: 1.3rem; height: 1.3rem; vertical-align: middle }
  :focus-visible { outline: 3px solid #212b32; outline-offset: 2px }
`
