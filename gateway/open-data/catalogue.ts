import type { Organisation } from '../../identity/organisations.ts'
import { formats, type Format } from './create-shelf.ts'
import type { Dataset } from './datasets.ts'

/** Where open data stands. */
export const openDataPath = '/open-data'

/** Media types of the formats, as they are sent. */
export const mediaTypes: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
}

/**
 * The catalogue of open data in the words of DCAT-AP 3, as JSON-LD 1.1. Addresses are relative: they resolve against the
 * address the document was fetched from, and no header of a request is believed for it.
 */
export function catalogueOf(datasets: Iterable<Dataset>, organisations: ReadonlyMap<string, Organisation>): object {
  const all = [...datasets]
  const agent = (id: string): object => {
    const { vi, en } = organisations.get(id) ?? { vi: id, en: id }
    return { '@id': `${openDataPath}#${id}`, '@type': 'foaf:Agent', name: { vi, en } }
  }
  const service = {
    '@id': `${openDataPath}#graph`,
    '@type': 'dcat:DataService',
    title: { vi: 'Đồ thị GraphQL', en: 'GraphQL graph' },
    endpointURL: '/graphql',
    servesDataset: all.map(({ id }) => `${openDataPath}#${id}`),
  }
  return {
    '@context': context,
    '@id': openDataPath,
    '@type': 'dcat:Catalog',
    title: { vi: 'Dữ liệu mở', en: 'Open data' },
    description: {
      vi: 'Danh mục dùng chung, số liệu công bố và từ điển dữ liệu, không cần mã truy cập.',
      en: 'Shared catalogues, published figures and the data dictionary, without a token.',
    },
    publisher: agent('BCA'),
    language: [`${authority}/language/VIE`, `${authority}/language/ENG`],
    themeTaxonomy: `${authority}/data-theme`,
    spatial: `${authority}/country/VNM`,
    service,
    dataset: all.map((one) => datasetOf(one, agent(one.publisher))),
  }
}

function datasetOf(dataset: Dataset, publisher: object): object {
  const { id, title, description, caution, source, licence, theme, frequency } = dataset
  const also = (language: 'vi' | 'en'): string =>
    caution === undefined ? description[language] : `${description[language]} ${caution[language]}`
  return {
    '@id': `${openDataPath}#${id}`,
    '@type': 'dcat:Dataset',
    identifier: id,
    title,
    description: { vi: also('vi'), en: also('en') },
    publisher,
    theme: `${authority}/data-theme/${theme}`,
    accrualPeriodicity: `${authority}/frequency/${frequency}`,
    accessRights: `${authority}/access-right/PUBLIC`,
    spatial: `${authority}/country/VNM`,
    sourceText: source,
    distribution: formats.map((format) => ({
      '@id': `${openDataPath}/${id}.${format}`,
      '@type': 'dcat:Distribution',
      title: { vi: `${title.vi} (${format.toUpperCase()})`, en: `${title.en} (${format.toUpperCase()})` },
      accessURL: `${openDataPath}/${id}`,
      downloadURL: `${openDataPath}/${id}.${format}`,
      mediaType: `https://www.iana.org/assignments/media-types/${format === 'csv' ? 'text/csv' : 'application/json'}`,
      format: `${authority}/file-type/${format.toUpperCase()}`,
      license: licences[licence],
    })),
  }
}

const authority = 'http://publications.europa.eu/resource/authority'

const licences: Readonly<Record<Dataset['licence'], string>> = {
  PUBLIC_DOMAIN: 'https://creativecommons.org/publicdomain/mark/1.0/',
  MIT: 'https://spdx.org/licenses/MIT',
  'Apache-2.0': 'https://www.apache.org/licenses/LICENSE-2.0',
}

const inLanguages = (id: string) => ({ '@id': id, '@container': '@language' })
const address = (id: string) => ({ '@id': id, '@type': '@id' })

/** Written out: whoever reads the catalogue fetches nothing else to understand it. */
const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  title: inLanguages('dct:title'),
  description: inLanguages('dct:description'),
  name: inLanguages('foaf:name'),
  identifier: 'dct:identifier',
  publisher: 'dct:publisher',
  sourceText: 'dct:bibliographicCitation',
  dataset: 'dcat:dataset',
  service: 'dcat:service',
  distribution: 'dcat:distribution',
  language: address('dct:language'),
  spatial: address('dct:spatial'),
  accrualPeriodicity: address('dct:accrualPeriodicity'),
  accessRights: address('dct:accessRights'),
  license: address('dct:license'),
  format: address('dct:format'),
  theme: address('dcat:theme'),
  themeTaxonomy: address('dcat:themeTaxonomy'),
  mediaType: address('dcat:mediaType'),
  accessURL: address('dcat:accessURL'),
  downloadURL: address('dcat:downloadURL'),
  endpointURL: address('dcat:endpointURL'),
  servesDataset: address('dcat:servesDataset'),
}
