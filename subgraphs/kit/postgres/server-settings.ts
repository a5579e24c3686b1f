/**
 * Settings of the server, given on its command line so that no file of the cluster can weaken them. Sized for a machine
 * of two cores and some gigabytes; larger installations bring servers of their own.
 */
export const serverSettings: Readonly<Record<string, string>> = {
  // Reached only through a socket in a private folder.
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0777',
  max_connections: '200',

  // An answer leaves only after its record is on disk.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',

  // Statements, parameters and the details of errors may hold people's data: none reaches the log. Errors of clients
  // go to the clients alone; the server's own events are of severity LOG, FATAL or PANIC.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_autovacuum_min_duration: '-1',
  log_lock_waits: 'off',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  debug_print_plan: 'off',

  // No standby follows this server: what a transaction fills from empty goes to disk once, before it commits.
  wal_level: 'minimal',
  max_wal_senders: '0',

  shared_buffers: '512MB',
  effective_cache_size: '4GB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // Short keyed reads gain nothing from these.
  jit: 'off',
  max_parallel_workers_per_gather: '0',

  timezone: 'UTC',
  log_timezone: 'UTC',
}

/** `-c name=value` for each setting; later ones win. */
export function argumentsFromSettings(...settings: readonly Readonly<Record<string, string>>[]): string[] {
  return Object.entries(Object.assign({}, ...settings) as Record<string, string>).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
}
