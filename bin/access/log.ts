import { Command } from 'commander'
import { createLogCheck } from './log-check.ts'
import { createLogExport } from './log-export.ts'
import { createLogProve } from './log-prove.ts'
import { createLogStatus } from './log-status.ts'
import { createLogVerify } from './log-verify.ts'
import type { ReviewTools } from './review-tools.ts'

/** How a verb of the log prints: JSON where that was asked for, else the text. */
export type LogTools = Pick<ReviewTools, 'print'>

/** `log`: whether the disclosure log is whole, and what shows that a record is in it. */
export function createLog(tools: LogTools): Command {
  const group = new Command('log').description('whether the disclosure log is whole, and proof that a record is in it')
  for (const create of [createLogStatus, createLogExport, createLogVerify, createLogProve, createLogCheck])
    group.addCommand(create(tools))
  return group
}
