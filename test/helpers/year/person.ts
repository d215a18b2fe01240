/** Somebody of the year at his own browser. */

import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { openAddress } from '../browser.ts'
import type { About } from './ground.ts'
import type { Pages } from './pages.ts'

const LAPTOP = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }

/** Where people meet: the address of the program, and what is known of its pages. */
export interface Place {
  t: Test
  address: string
  pages: Pages
}

export class Person {
  readonly login: string
  readonly page: Page
  /** his own; until he has set one, the one-time password he was given */
  #password: string
  readonly #name: string
  readonly #pages: Pages

  private constructor(page: Page, pages: Pages, { login, name }: About, password: string) {
    this.page = page
    this.login = login
    this.#name = name
    this.#pages = pages
    this.#password = password
    this.#watch(page)
  }

  static async at({ t, address, pages }: Place, about: About, password: string): Promise<Person> {
    const page = await openAddress(t, address, about.phone ? PHONE : LAPTOP)
    return new Person(page, pages, about, password)
  }

  /** A second window of the same browser. */
  async opensWindow(): Promise<Page> {
    const page = await this.page.context().newPage()
    this.#watch(page)
    return page
  }

  #watch(page: Page): void {
    this.#pages.watch(page)
    // Full marks for all ask first.
    page.on('dialog', (dialog) => dialog.accept())
  }

  /** The page as it is now is accessible and fits. */
  async looks(station: string): Promise<void> {
    await this.#pages.look(this.page, this.#name, station)
  }

  /** Likewise, unless somebody looked at a page of this kind before. */
  async looksOnce(station: string): Promise<void> {
    if (this.#pages.isUnseen(this.page)) await this.looks(station)
    else await this.pictures(station)
  }

  /** A picture of a page that is looked at elsewhere. */
  async pictures(station: string): Promise<void> {
    await this.#pages.picture(this.page, station)
  }

  /** Comes to his desk, signing in where his session has ended. */
  async arrives(): Promise<void> {
    await this.page.goto('/')
    if (!this.page.url().includes('/login')) return
    await this.looksOnce(`login, ${this.login}`)
    await this.page.getByLabel('登录名').fill(this.login)
    await this.page.getByLabel('密码', { exact: true }).fill(this.#password)
    await this.presses('登录')
  }

  /** The first time, with a one-time password: he sets his own. */
  async setsPassword(own: string): Promise<void> {
    await this.arrives()
    await this.looksOnce(`first password, ${this.login}`)
    await this.page.getByLabel('一次性密码').fill(this.#password)
    await this.page.getByLabel('新密码（必填）', { exact: true }).fill(own)
    await this.page.getByLabel('再填一次新密码').fill(own)
    await this.presses('保存新密码')
    await this.reads('密码已修改')
    this.#password = own
  }

  async follows(link: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name: link }).first().click()
  }

  async presses(button: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).first().click()
  }

  /** Waits until the page says so. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor()
  }
}
