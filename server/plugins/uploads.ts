/** Forms with a file. They are read only on routes that take files, and only from people we know. */

import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { bodyTooLarge } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** the most bytes that a file or a field of this route's form may have */
    uploadLimit?: number
  }
}

/** Fields of one form: none of ours has nearly as many. */
const MOST_FIELDS = 50

export const uploads = fp(async (app) => {
  await app.register(multipart)
  // Before access and tokens are checked: the token is among the fields.
  app.addHook('preValidation', readForm)
})

async function readForm(request: FastifyRequest): Promise<void> {
  const { uploadLimit } = request.routeOptions.config
  if (uploadLimit === undefined || !request.isMultipart() || !isKnown(request)) return
  const limits = { fileSize: uploadLimit, fieldSize: uploadLimit, files: 1, fields: MOST_FIELDS }
  const body: Record<string, unknown> = {}
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      if (part.valueTruncated) throw bodyTooLarge()
      body[part.fieldname] = String(part.value)
    }
    // A file field left empty comes without a name.
    else if (part.filename) body[part.fieldname] = await fileFrom(part)
    else await part.toBuffer()
  }
  request.body = body
}

/** A file is kept in memory while it is read, so nobody unknown may send one. */
function isKnown({ visitor, session }: FastifyRequest): boolean {
  return visitor !== undefined || session.formerAccountId !== undefined
}

async function fileFrom(part: { filename: string; toBuffer(): Promise<Buffer> }) {
  return { name: part.filename, bytes: await part.toBuffer() }
}
