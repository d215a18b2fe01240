/** The shape of a scheme's JSON. A method's own parameters have their shape in the method's file. */

import { combineShape } from './combine.ts'
import {
  amount,
  amountOrShare,
  anything,
  type Fields,
  flag,
  integer,
  isRecord,
  listOf,
  may,
  must,
  nullable,
  object,
  oneOf,
  remark,
  share,
  text,
  word,
} from './shape.ts'

/** More files for one indicator than anybody reads. */
const MOST_FILES = 50

const nodeFields: Fields = {
  code: must(text),
  name: must(text),
  categories: may(listOf(text, 1)),
  weight: may(amount),
  note: may(remark),
}

export const groupShape = object({
  ...nodeFields,
  points: must(amount),
  weighted: may(flag),
  children: must(listOf(anything, 1)),
})

export const indicatorShape = object({
  ...nodeFields,
  points: may(amount),
  method: must((value, tell) => {
    if (!isRecord(value)) tell('', 'NOT_AN_OBJECT', '应是对象。')
    else if (typeof value.type !== 'string') tell('/type', 'MISSING_KEY', '缺少「type」。')
  }),
  combine: may(combineShape),
  owner: may(remark),
  evidence: may(object({ files: must(integer(0, MOST_FILES)) })),
})

const extra = object({ cap: may(nullable(amount)), items: must(listOf(anything)) })

const effect = oneOf('type', {
  zero: object({ type: must(text) }),
  unranked: object({ type: must(text) }),
  grade: object({ type: must(text), grade: must(text) }),
  ceiling: object({ type: must(text), grade: must(text) }),
  drop: object({ type: must(text), by: must(integer(1)) }),
})

const veto = object({ code: must(text), name: must(text), effects: must(listOf(effect, 1)) })

const grade = object({
  name: must(text),
  min: may(amountOrShare),
  quota: may(share),
  quotaRounding: may(word('floor', 'nearest', 'ceil')),
  quotaMinimum: may(integer(0)),
  quotaTies: may(word('demote', 'admit')),
})

/** The outline of a scheme; its nodes are checked one by one as the tree is walked. */
export const schemeShape = object({
  code: must(text),
  name: must(text),
  year: may(integer(1900, 2999)),
  approval: may(remark),
  note: may(remark),
  decimals: may(integer(0, 6)),
  base: must(listOf(anything, 1)),
  bonus: may(nullable(extra)),
  penalty: may(nullable(extra)),
  vetoes: may(listOf(veto)),
  notApplicable: may(word('rescale', 'full', 'zero')),
  matterScope: may(word('indicator', 'scheme')),
  totalFloor: may(nullable(amount)),
  ranking: must(
    object({
      within: may(word('category', 'overall')),
      ties: may(word('standard', 'dense')),
      tieBreak: may(listOf(text)),
    }),
  ),
  grades: must(listOf(grade, 1)),
})
