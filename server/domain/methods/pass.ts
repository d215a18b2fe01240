import { ZERO } from '../decimal.ts'
import { EntryFault } from '../fault.ts'
import type { PassParameters } from '../scheme.ts'
import { must, object, printed, word } from '../shape.ts'
import { method } from './method.ts'

/** Pass or fail: yes earns all points, no earns none. */
export const pass = method<PassParameters>({
  type: 'pass',
  name: '达标',
  shape: object({ type: must(word('pass')) }),
  prepare(_parameters, points) {
    const full = points ?? ZERO
    return {
      entry: 'marks',
      best: full,
      award(given) {
        if (typeof given === 'boolean') return given ? full : ZERO
        const wanted = `应填“达标”(true)或“不达标”(false),您填了 ${printed(given)}。`
        return new EntryFault('WRONG_ENTRY', wanted, 'mark')
      },
    }
  },
  sentence: (_parameters, points) => `达标得${points}分，不达标得0分`,
})
