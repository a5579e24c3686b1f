import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { loadOrganisations } from '../../identity/organisations.ts'
import { problem } from '../../policy/errors.ts'
import { limits } from '../limits.ts'
import { catalogueOf, mediaTypes, openDataPath } from '../open-data/catalogue.ts'
import { createShelf, download, formats, type Download, type Format } from '../open-data/create-shelf.ts'
import { loadDatasets } from '../open-data/datasets.ts'
import { formatAccepted } from '../open-data/format-accepted.ts'
import type { AskOpenly } from '../open-data/gather-rows.ts'
import { createAddressLimit } from '../plugins/address-limit.ts'
import { refuse } from '../plugins/refuse.ts'

/**
 * `/open-data`: the catalogue (DCAT-AP, JSON-LD) and every dataset of it as CSV or JSON, by extension or `Accept`. Files
 * hold what the graph answers to nobody, whoever downloads: a token changes nothing, so a cache may keep them for all.
 */
export function openDataRoutes(
  app: FastifyInstance,
  ask: AskOpenly,
  limit = createAddressLimit(limits.downloads),
): void {
  const datasets = loadDatasets()
  const shelf = createShelf(ask, limits.downloadsKept * 1000)
  const catalogue = download(JSON.stringify(catalogueOf(datasets.values(), loadOrganisations())))
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => limit(request, reply)

  for (const url of [openDataPath, `${openDataPath}/catalog.jsonld`]) {
    app.get(url, { onRequest }, (request, reply) =>
      send(request, reply.type('application/ld+json; charset=utf-8'), catalogue),
    )
  }

  app.get<{ Params: { file: string } }>(`${openDataPath}/:file`, { onRequest }, async (request, reply) => {
    const [, id = '', extension] = /^([a-z-]+)(?:\.([a-z]+))?$/.exec(request.params.file) ?? []
    const dataset = datasets.get(id)
    if (dataset === undefined) throw refuse(problem('NOT_FOUND', said.dataset))
    if (extension === undefined) void reply.header('vary', 'accept')
    const format = extension === undefined ? formatAccepted(request.headers.accept) : formatOf(extension)
    if (format === null) throw refuse(problem('NOT_FOUND', said.format), extension === undefined ? 406 : 404)
    const file = await shelf.get(dataset, format)
    if (extension === undefined) void reply.header('content-location', `${openDataPath}/${id}.${format}`)
    void reply.header('content-disposition', `attachment; filename="${id}.${format}"`).type(mediaTypes[format])
    return send(request, reply, file)
  })
}

/** With its validator, to be kept by anybody and read from any site; 304 for whoever has it already (RFC 9110 §13.1.2). */
function send(request: FastifyRequest, reply: FastifyReply, { bytes, etag }: Download): FastifyReply {
  void reply.headers({
    etag,
    'cache-control': `public, max-age=${limits.downloadsKept}`,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
  const known = request.headers['if-none-match'] ?? ''
  const isKnown = known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  return isKnown ? reply.code(304).removeHeader('content-disposition').send() : reply.send(bytes)
}

function formatOf(extension: string): Format | null {
  return formats.find((format) => format === extension) ?? null
}

const said = {
  dataset: {
    vi: `không có tập dữ liệu này; danh mục ở ${openDataPath}`,
    en: `there is no such dataset; the catalogue is at ${openDataPath}`,
  },
  format: { vi: 'tập dữ liệu có dạng .csv và .json', en: 'datasets come as .csv and .json' },
}
