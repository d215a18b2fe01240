/**
 * Marks of others are invisible to a lead as to an assessor, on every route of the real table: what he is answered is
 * the same, byte for byte, whether others have marked, have not, or have marked otherwise; and so are the
 * statements it takes, so that not even a clock tells. A new route is asked by itself; where its address alone is
 * not enough, test/helpers/insider-requests.ts says with what.
 */

import t from 'tap'
import { testInsider } from '../helpers/insider-told.ts'

await testInsider(t, 'lead')
