import { chmod, mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { copyNativeBinaries, findNativeBinaries } from './native-binaries.ts'
import { readIfThere, writePrivateFile } from './private-file.ts'
import { type Account, canEnter, canRunServer, isRoot, ownerOf, serverAccount } from './server-account.ts'
import { startRefused } from './start-refused.ts'

/** Where a cluster's data and binaries are, and who runs it. */
export type Place = {
  clusterDir: string
  /** Folder with bin/, lib/ and share/ */
  nativeDir: string
  /** Null: the user who started us. */
  account: Account | null
  /** What to tell the person who starts the server about places they did not choose; null when there are none. */
  notice: string | null
}

/**
 * Decides where the cluster lives: inside the data directory, except where root starts it in a folder that the
 * database's account can't pass. Then data, and binaries if need be, go to a folder of their own in `fallbackDir`,
 * which is remembered in the data directory.
 */
export async function placeCluster(dataDir: string, fallbackDir: string): Promise<Place> {
  const binaries = findNativeBinaries()
  const clusterDir = join(dataDir, 'postgres')
  if (!isRoot()) {
    await makeDataDir(dataDir, 0o700)
    await refuseForeign(clusterDir)
    return { clusterDir, nativeDir: binaries.dir, account: null, notice: null }
  }
  await makeDataDir(dataDir, 0o711)
  const kept = (await ownerOf(clusterDir)) !== null
  const shelter = await rememberedShelter(dataDir, kept)
  const shelteredDir = shelter === null ? null : join(shelter, 'postgres')
  const sheltered = !kept && shelteredDir !== null && (await ownerOf(shelteredDir)) !== null
  const account = await serverAccount(sheltered ? shelteredDir : clusterDir)
  const stays = !sheltered && canEnter(account, dataDir)
  const runs = canRunServer(account, binaries.dir)
  if (kept && !stays) {
    throw startRefused(`${account.name} can no longer reach ${clusterDir}: allow passage (chmod o+x) down to it`)
  }
  if (stays && runs) return { clusterDir, nativeDir: binaries.dir, account, notice: null }

  const refuge = shelter ?? (await makeShelter(dataDir, fallbackDir))
  const nativeDir = runs ? binaries.dir : (await copyNativeBinaries(binaries, refuge)).dir
  const moved = [stays ? null : 'data', runs ? null : 'binaries'].filter((part) => part !== null).join(' and ')
  const notice = `PostgreSQL runs as ${account.name}, who can't enter this folder: its ${moved} are in ${refuge}`
  return { clusterDir: stays ? clusterDir : join(refuge, 'postgres'), nativeDir, account, notice }
}

/** `mode` holds for a folder made here, whatever the umask; one that exists is left as it is. */
async function makeDataDir(dataDir: string, mode: number): Promise<void> {
  const made = await mkdir(dataDir, { recursive: true })
  if (made !== undefined) await chmod(dataDir, mode)
}

async function refuseForeign(clusterDir: string): Promise<void> {
  const owner = await ownerOf(clusterDir)
  if (owner === null || owner.uid === process.getuid?.()) return
  throw startRefused(`${clusterDir} belongs to user ${owner.uid}: start as that user or as root`)
}

const locationFile = (dataDir: string): string => join(dataDir, 'secrets', 'postgres-location')

/** A refuge that was swept away matters only when the data was in it, not in the data directory. */
async function rememberedShelter(dataDir: string, dataIsHere: boolean): Promise<string | null> {
  const shelter = (await readIfThere(locationFile(dataDir)))?.trim()
  if (shelter === undefined || shelter === '') return null
  if ((await ownerOf(shelter))?.uid === 0) return shelter
  if (dataIsHere) return null
  throw startRefused(`PostgreSQL's data in ${shelter} is gone: delete ${dataDir} to begin anew`)
}

async function makeShelter(dataDir: string, fallbackDir: string): Promise<string> {
  const shelter = await mkdtemp(join(fallbackDir, 'vn-national-graph-'))
  await chmod(shelter, 0o711)
  await writePrivateFile(locationFile(dataDir), `${shelter}\n`)
  return shelter
}
