/** Forms with a file. They are read only on routes that take files, and only from people we know. */

import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasRole } from '../domain/actor.ts'
import { bodyTooLarge } from '../errors.ts'
import type { ReceivedUpload } from '../form.ts'
import { dropAbandoned, dropReceived, receiveFile } from '../store/evidence-files.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** the most bytes that a file or a field of this route's form may have */
    uploadLimit?: number
    /** files go to the disk as they come (`receivedUpload` in form.ts), not into memory */
    uploadToDisk?: boolean
  }
  interface FastifyRequest {
    /** files of this request that nobody has kept yet */
    received: ReceivedUpload[] | null
  }
}

/** Fields of one form: none of ours has nearly as many. */
const MOST_FIELDS = 50

export const uploads = fp(async (app) => {
  await app.register(multipart)
  // Before access and tokens are checked: the token is among the fields.
  app.addHook('preValidation', readForm)
  app.decorateRequest('received', null)
  // Whatever became of the request: what nobody kept is gone before it is answered.
  app.addHook('onSend', async ({ received }) => {
    for (const { file } of received ?? []) if (file) await dropReceived(file)
  })
  app.addHook('onReady', async () => {
    const { evidenceDir } = app.config
    await dropAbandoned(evidenceDir, Date.parse(app.now()) - ABANDONED_AFTER_MS)
  })
})

/** Another process of the same folder may be receiving; no upload takes so long. */
const ABANDONED_AFTER_MS = 24 * 3600 * 1000

async function readForm(request: FastifyRequest): Promise<void> {
  const { uploadLimit, uploadToDisk = false } = request.routeOptions.config
  if (uploadLimit === undefined || !request.isMultipart() || !isKnown(request)) return
  if (uploadToDisk && !isWelcome(request)) return
  const fieldSize = uploadToDisk ? LONGEST_FIELD : uploadLimit
  const limits = { fileSize: uploadLimit, fieldSize, files: 1, fields: MOST_FIELDS }
  const body: Record<string, unknown> = {}
  const options = { limits, throwFileSizeLimit: !uploadToDisk }
  for await (const part of request.parts(options)) {
    if (part.type === 'field') {
      if (part.valueTruncated) throw bodyTooLarge()
      body[part.fieldname] = String(part.value)
    }
    // A file field left empty comes without a name.
    else if (part.filename) {
      body[part.fieldname] = uploadToDisk ? await toDisk(request, part) : await fileFrom(part)
    } else await part.toBuffer()
  }
  request.body = body
}

/** Beside a file on the disk there are only short fields. */
const LONGEST_FIELD = 64 * 1024

/** Whose file would be refused anyway is not written to the disk. */
function isWelcome({ visitor, routeOptions }: FastifyRequest): boolean {
  const { access } = routeOptions.config
  return visitor !== undefined && Array.isArray(access) && hasRole(visitor, ...access)
}

/** A file that is too large has a name and no content; the rest of the form is read all the same. */
async function toDisk(
  request: FastifyRequest,
  { filename, file }: MultipartFile,
): Promise<ReceivedUpload> {
  const received = await receiveFile(request.server.config.evidenceDir, file)
  const upload = { name: filename, file: received }
  request.received = [...(request.received ?? []), upload]
  return file.truncated ? { name: filename, file: null } : upload
}

/** A file is kept in memory while it is read, so nobody unknown may send one. */
function isKnown({ visitor, session }: FastifyRequest): boolean {
  return visitor !== undefined || session.formerAccountId !== undefined
}

async function fileFrom(part: { filename: string; toBuffer(): Promise<Buffer> }) {
  return { name: part.filename, bytes: await part.toBuffer() }
}
