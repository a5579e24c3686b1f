/** Bundles the page into the folder named by the first argument: run as a process of its own, whose memory ends with it. */
import { join } from 'node:path'
import { build } from 'vite'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the folder to build into')

await build({
  root: join(import.meta.dirname, 'page'),
  base: '/console/',
  configFile: false,
  logLevel: 'error',
  build: {
    outDir: folder,
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8192,
    modulePreload: { polyfill: false },
  },
})
