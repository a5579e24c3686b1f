import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere, writePrivateFile } from './private-file.ts'

/** Which process serves a data directory, and where it answers: for the message to the next one. */
export type OwnerNote = { pid: number; address: string | null }

const noteFile = (dataDir: string): string => join(dataDir, 'secrets', 'owner.json')

/** Leaves the note; it is advice for people, the lock is PostgreSQL's own. */
export async function writeOwnerNote(dataDir: string, note: OwnerNote): Promise<void> {
  await writePrivateFile(noteFile(dataDir), `${JSON.stringify(note)}\n`)
}

/** The note as it stands; its process may be long gone. */
export async function readOwnerNote(dataDir: string): Promise<OwnerNote | null> {
  const text = await readIfThere(noteFile(dataDir))
  return text === null ? null : (JSON.parse(text) as OwnerNote)
}

/** The note of a process that still runs: who serves this data directory, and where. */
export async function readLivingOwner(dataDir: string): Promise<OwnerNote | null> {
  const note = await readOwnerNote(dataDir)
  if (note === null) return null
  // The directory of a process is there as long as the process is, whoever runs it.
  return access(`/proc/${note.pid}`).then(
    () => note,
    () => null,
  )
}

/** Takes the note away at the end of a clean run. */
export async function removeOwnerNote(dataDir: string): Promise<void> {
  await rm(noteFile(dataDir), { force: true })
}
