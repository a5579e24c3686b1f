import { writeSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

type Count = { passed: number; failed: number; skipped: number }

/**
 * Ends the run's output with `N passed, N failed, N skipped`. A file that could not be loaded, and a run that exits
 * non-zero for any other reason, count as failed: the line never says 0 failed for a run that failed.
 */
export default function closingLine(): Reporter {
  let count: Count = { passed: 0, failed: 0, skipped: 0 }
  process.once('exit', (code) => {
    const failed = code !== 0 && count.failed === 0 ? 1 : count.failed
    // Straight to the descriptor: what a stream buffers now would be lost.
    writeSync(1, `${count.passed} passed, ${failed} failed, ${count.skipped} skipped\n`)
  })
  return { onTestRunEnd: (modules) => void (count = countTests(modules)) }
}

function countTests(modules: readonly TestModule[]): Count {
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  for (const module of modules) {
    const before = count.failed
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed' || state === 'skipped') count[state] += 1
      else count.failed += 1
    }
    if (!module.ok() && count.failed === before) count.failed += 1
  }
  return count
}
