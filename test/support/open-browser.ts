import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

/** A browser of the test's own, and what takes it away again. */
export type OpenBrowser = { browser: Browser; close: () => Promise<void> }

/**
 * Starts Chromium from the registry package. It unpacks itself into a folder of this process, never into one that another
 * version or user left; its own default arguments switch web security off and are not used.
 */
export async function openBrowser(): Promise<OpenBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'))
  // The package reads both when it is first loaded: where to unpack, and that it shall bring its own libraries.
  const env = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }
  Object.assign(process.env, env)
  const { default: chromium } = await import('@sparticuz/chromium')
  const { chromium: playwright } = await import('playwright-core')
  const executablePath = await chromium.executablePath()
  // The package's own fonts.conf looks under /tmp/fonts; without any font the browser ends at the first input field.
  writeFileSync(join(folder, 'fonts', 'fonts.conf'), fontsConf(folder))
  const browser = await playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: { ...process.env },
  })
  return {
    browser,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
