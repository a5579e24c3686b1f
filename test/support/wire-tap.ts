import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Stands between the graph and PostgreSQL and hears every byte the server sends. */
export type WireTap = {
  /** `host` of connections that are to be heard. */
  host: string
  /** What was sent since it was last forgotten. */
  heard: () => string
  forget: () => void
  close: () => Promise<void>
}

/** A tap in front of a server's Unix socket. */
export async function openWireTap(server: { host: string; port: number }): Promise<WireTap> {
  const host = await mkdtemp(join(tmpdir(), 'tap-'))
  const chunks: Buffer[] = []
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = connect(join(server.host, `.s.PGSQL.${server.port}`))
    upstream.on('data', (chunk) => chunks.push(chunk))
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => proxy.listen(join(host, `.s.PGSQL.${server.port}`), resolve))
  return {
    host,
    heard: () => Buffer.concat(chunks).toString('latin1'),
    forget: () => void (chunks.length = 0),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
      await rm(host, { recursive: true, force: true })
    },
  }
}
