import { join } from "node:path";
import { authUrl, databaseUrl, dataDirectory, HYPERVISORS, messageUrl, type Plan, REGION, serviceUrl } from "./plan";

type Section = Readonly<Record<string, string | number | boolean>>;
type Sections = Readonly<Record<string, Section>>;

/** Password of the services' users. The services listen on 127.0.0.1 only and contain no data. */
export const SERVICE_PASSWORD = "service";

/** Pipelines of the APIs, copied from the packages to the configuration. */
const PIPELINES = {
  glance: "glance-api-paste.ini",
  nova: "api-paste.ini",
  neutron: "api-paste.ini",
  cinder: "api-paste.ini",
} as const;

/** Packaged files that the configuration contains unchanged: from a path in the packages to one in the cloud's directory. */
export function copiedFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(PIPELINES).map(([service, file]) => [
      `usr/share/${service}-common/${file}`,
      `etc/${service}/${file}`,
    ]),
  );
}

/** Configuration files of the services, by their path in the directory of the cloud. */
export function configurationFiles(plan: Plan): Readonly<Record<string, string>> {
  const computes = HYPERVISORS.map((host) => [`etc/nova/${host}.conf`, { DEFAULT: ownState(plan, host) }] as const);
  const files: Readonly<Record<string, Sections>> = {
    "etc/keystone/keystone.conf": keystone(plan),
    "etc/glance/glance-api.conf": glance(plan),
    "etc/placement/placement.conf": placement(plan),
    "etc/nova/nova.conf": nova(plan),
    ...Object.fromEntries(computes),
    "etc/neutron/neutron.conf": neutron(plan),
    "etc/neutron/ml2.ini": ML2,
    "etc/cinder/cinder.conf": cinder(plan),
    "etc/octavia/octavia.conf": octavia(plan),
  };
  return {
    ...Object.fromEntries(Object.entries(files).map(([path, sections]) => [path, ini(sections)])),
    "etc/rabbitmq.conf": rabbitmq(plan),
    "etc/enabled_plugins": "[].\n",
  };
}

function ini(sections: Sections): string {
  return Object.entries(sections)
    .map(([name, section]) => {
      const lines = Object.entries(section).map(([key, value]) => `${key} = ${String(value)}\n`);
      return `[${name}]\n${lines.join("")}`;
    })
    .join("\n");
}

function keystone(plan: Plan): Sections {
  return {
    database: database(plan, "keystone"),
    // A log-in with the default of 12 costs 0.3 s of CPU time, for each request of each service.
    identity: { password_hash_rounds: 4 },
    token: { provider: "fernet" },
    fernet_tokens: { key_repository: join(dataDirectory(plan), "fernet-keys") },
    // Not used, but Keystone reads it at each start.
    fernet_receipts: { key_repository: join(dataDirectory(plan), "fernet-keys") },
    credential: { key_repository: join(dataDirectory(plan), "credential-keys") },
  };
}

function glance(plan: Plan): Sections {
  const store = (name: string): Section => ({ filesystem_store_datadir: join(dataDirectory(plan), name) });
  return {
    DEFAULT: {
      enabled_backends: "files:file",
      transport_url: messageUrl(plan),
      node_staging_uri: `file://${join(dataDirectory(plan), "staging")}`,
    },
    database: database(plan, "glance"),
    paste_deploy: { flavor: "keystone", config_file: pipeline(plan, "glance") },
    glance_store: { default_backend: "files" },
    files: store("images"),
    os_glance_tasks_store: store("tasks"),
    os_glance_staging_store: store("staging"),
    keystone_authtoken: tokens(plan, "glance", "image"),
  };
}

function placement(plan: Plan): Sections {
  return {
    placement_database: database(plan, "placement"),
    api: { auth_strategy: "keystone" },
    keystone_authtoken: tokens(plan, "placement", "placement"),
  };
}

function nova(plan: Plan): Sections {
  const client = (service: string): Section => ({ ...credentials(plan, service), region_name: REGION });
  return {
    DEFAULT: {
      ...ownState(plan, HYPERVISORS[0]),
      my_ip: "127.0.0.1",
      transport_url: messageUrl(plan),
      // 1,000 vCPUs and 800 GB of memory, and no hypervisor.
      compute_driver: "fake.FakeDriver",
      enabled_apis: "osapi_compute",
    },
    api_database: database(plan, "nova_api"),
    database: database(plan, "nova"),
    wsgi: { api_paste_config: pipeline(plan, "nova") },
    api: { auth_strategy: "keystone" },
    conductor: { workers: 1 },
    scheduler: { workers: 1, discover_hosts_in_cells_interval: 5 },
    glance: { api_servers: serviceUrl(plan, "glance") },
    cinder: { catalog_info: "volumev3:cinderv3:publicURL", os_region_name: REGION },
    oslo_concurrency: { lock_path: join(plan.directory, "locks/nova") },
    vnc: { enabled: false },
    service_user: { send_service_user_token: true, ...credentials(plan, "nova") },
    keystone_authtoken: tokens(plan, "nova", "compute"),
    neutron: client("neutron"),
    placement: client("placement"),
    oslo_messaging_rabbit: { heartbeat_in_pthread: false },
  };
}

function neutron(plan: Plan): Sections {
  const client = (service: string): Section => ({ ...credentials(plan, service), region_name: REGION });
  return {
    DEFAULT: {
      host: "controller",
      bind_host: "127.0.0.1",
      bind_port: plan.ports.neutron,
      core_plugin: "ml2",
      service_plugins: "router,tag,timestamp,revisions,flavors",
      state_path: join(plan.directory, "state/neutron"),
      transport_url: messageUrl(plan),
      auth_strategy: "keystone",
      notify_nova_on_port_status_changes: true,
      notify_nova_on_port_data_changes: true,
      api_workers: 1,
      rpc_workers: 1,
      api_paste_config: pipeline(plan, "neutron"),
    },
    database: database(plan, "neutron"),
    oslo_concurrency: { lock_path: join(plan.directory, "locks/neutron") },
    keystone_authtoken: tokens(plan, "neutron", "network"),
    nova: client("nova"),
    placement: client("placement"),
  };
}

/** `agentless` is our driver: without it a port stays unbound until an agent of a hypervisor reports. */
const ML2: Sections = {
  ml2: {
    type_drivers: "flat,vxlan",
    tenant_network_types: "vxlan",
    mechanism_drivers: "agentless",
    extension_drivers: "port_security",
  },
  ml2_type_flat: { flat_networks: "physnet1" },
  ml2_type_vxlan: { vni_ranges: "1000:1999" },
  securitygroup: { enable_security_group: true, enable_ipset: false },
};

function cinder(plan: Plan): Sections {
  return {
    DEFAULT: {
      host: "controller",
      my_ip: "127.0.0.1",
      state_path: join(plan.directory, "state/cinder"),
      transport_url: messageUrl(plan),
      auth_strategy: "keystone",
      api_paste_config: pipeline(plan, "cinder"),
      enabled_backends: "records",
      glance_api_servers: serviceUrl(plan, "glance"),
      resource_query_filters_file: join(plan.packages, "etc/cinder/resource_filters.json"),
    },
    database: database(plan, "cinder"),
    oslo_concurrency: { lock_path: join(plan.directory, "locks/cinder") },
    records: {
      volume_driver: "groundwork_openstack.volumes.VolumeRecords",
      volume_backend_name: "records",
      target_helper: "fake",
    },
    service_user: { send_service_user_token: true, ...credentials(plan, "cinder") },
    keystone_authtoken: tokens(plan, "cinder", "volume"),
    nova: { ...credentials(plan, "nova"), region_name: REGION, interface: "public" },
  };
}

function octavia(plan: Plan): Sections {
  return {
    DEFAULT: { transport_url: messageUrl(plan) },
    api_settings: {
      auth_strategy: "keystone",
      bind_host: "127.0.0.1",
      enabled_provider_drivers: "records:load balancers without machines",
      default_provider_driver: "records",
      healthcheck_enabled: true,
    },
    database: { connection: databaseUrl(plan, "octavia") },
    keystone_authtoken: tokens(plan, "octavia", "load-balancer"),
    service_auth: credentials(plan, "octavia"),
    controller_worker: { network_driver: "allowed_address_pairs_driver" },
    neutron: { region_name: REGION },
    nova: { region_name: REGION },
  };
}

function rabbitmq({ ports }: Plan): string {
  return [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    "vm_memory_high_watermark.absolute = 512MB",
    "disk_free_limit.absolute = 50MB",
    "log.file.level = warning",
    "",
  ].join("\n");
}

function database(plan: Plan, name: string): Section {
  return { connection: databaseUrl(plan, name), max_pool_size: 5, max_overflow: 20 };
}

function ownState({ directory }: Plan, host: string): Section {
  return { host, state_path: join(directory, "state", host) };
}

/** Pipeline of an API. Glance and Nova accept it only in the directory of their configuration. */
function pipeline({ directory }: Plan, service: keyof typeof PIPELINES): string {
  return join(directory, "etc", service, PIPELINES[service]);
}

function credentials(plan: Plan, user: string): Section {
  return {
    auth_url: authUrl(plan),
    auth_type: "password",
    project_domain_name: "Default",
    user_domain_name: "Default",
    project_name: "service",
    username: user,
    password: SERVICE_PASSWORD,
  };
}

/** How a service checks the tokens of its clients. */
function tokens(plan: Plan, user: string, serviceType: string): Section {
  return {
    www_authenticate_uri: authUrl(plan),
    ...credentials(plan, user),
    service_token_roles: "admin",
    service_token_roles_required: true,
    service_type: serviceType,
  };
}
