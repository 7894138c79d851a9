/** What production needs on OpenStack beyond the default quotas of a new project, and no more: cores, MiB of memory, GB of volumes. */
export const PRODUCTION_QUOTAS = { cores: 29, ram: 116_736, gigabytes: 1_120 };
