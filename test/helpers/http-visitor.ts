/** Somebody with a browser's cookies at a server that runs as a process of its own. */

export interface HttpAnswer {
  status: number
  location: string | null
  body: string
}

export class HttpVisitor {
  readonly #address: string
  readonly #cookies = new Map<string, string>()

  /** @param address such as http://127.0.0.1:3000 */
  constructor(address: string) {
    this.#address = address
  }

  async get(path: string): Promise<HttpAnswer> {
    return this.#ask(path, {})
  }

  /** Sends the form of a page, with the hidden fields that stand on it. */
  async send(page: string, path: string, fields: Record<string, string>): Promise<HttpAnswer> {
    const { body } = await this.get(page)
    const hidden = ['_csrf', '_for'].map((name): [string, string] => [name, hiddenIn(body, name)])
    const form = new URLSearchParams([...hidden, ...Object.entries(fields)])
    return this.#ask(path, { method: 'POST', body: form })
  }

  async signIn(person: { login: string; password: string }): Promise<HttpAnswer> {
    const { login, password } = person
    return this.send('/login', '/login', { login, password })
  }

  /** What the browser would send along. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async #ask(path: string, request: RequestInit): Promise<HttpAnswer> {
    const { cookie } = this
    const answer = await fetch(this.#address + path, {
      ...request,
      headers: { cookie },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      body: await answer.text(),
    }
  }
}

function hiddenIn(page: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]
  if (value === undefined) throw new Error(`the page has no hidden field ${name}:\n${page}`)
  return value.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
}
