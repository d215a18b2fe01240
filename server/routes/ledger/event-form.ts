/** The form of a recorded fact: what it brings, and what was refused of it. */

import {
  BLANK_TEXTS,
  EVENT_LABELS,
  EVENT_TEXTS,
  type EventFaults,
  type TypedEvent,
} from '../../domain/typed-event.ts'
import { type AppError, FaultyEntries } from '../../errors.ts'
import { typedText, typedTexts } from '../../form.ts'
import { type CameFrom, cameFrom } from './way-back.ts'

/** The fields as typed, and the scoring page to return to. */
export interface SentEvent extends TypedEvent {
  from: CameFrom
}

export function typedEvent(body: unknown): SentEvent {
  const texts = EVENT_TEXTS.map((name) => [name, typedText(body, name)])
  return {
    texts: { ...BLANK_TEXTS, ...Object.fromEntries(texts) },
    factors: typedTexts(body, 'factors'),
    surcharges: typedTexts(body, 'surcharges'),
    from: cameFrom(typedText(body, 'from')),
  }
}

/** What the program refused, at the fields it is about. */
export function refusedFaults(error: AppError): EventFaults {
  if (error.code === 'CHANGE_REASON_MISSING') return new Map([['changeReason', error.message]])
  if (!(error instanceof FaultyEntries)) return new Map([['', error.message]])
  return new Map(
    error.faults.map(({ path, message }) => {
      const field = /^\/events\/0\/(\w+)/.exec(path)?.[1] ?? ''
      return [
        field in EVENT_LABELS && !['unit', 'indicator', 'rule'].includes(field) ? field : '',
        message,
      ]
    }),
  )
}
