/** One-time passwords between their making and their handing out: a copy of the database shows none. */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface FirstPassword {
  login: string
  name: string
  password: string
}

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** @param key 32 bytes */
export function sealPasswords(passwords: readonly FirstPassword[], key: Uint8Array): string {
  const plain = passwords.map(({ login, name, password }) => [login, name, password])
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, key, nonce)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(plain)), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** @returns undefined if the key is another one */
export function openPasswords(sealed: string, key: Uint8Array): FirstPassword[] | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE))
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
    const rows: [string, string, string][] = JSON.parse(plain.toString())
    return rows.map(([login, name, password]) => ({ login, name, password }))
  } catch {
    return undefined
  }
}
