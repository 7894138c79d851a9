/** What the emulator takes for credentials. Words, not secrets: no cloud has them. */
export const CREDENTIALS = {
  username: "tester",
  password: "local-only",
  tenantId: "0123456789abcdef0123456789abcdef",
} as const;

/** What an object has for its owner. */
export const OWNER = { tenant_id: CREDENTIALS.tenantId, project_id: CREDENTIALS.tenantId } as const;

/** The one user. */
export const USER_ID = "fedcba9876543210fedcba9876543210";

/** Where each cloud's parts begin, behind the emulator's address. */
export const NHN = {
  region: "KR1",
  identity: "/nhn/identity/v2.0",
  network: "/nhn/network",
  compute: `/nhn/compute/v2/${CREDENTIALS.tenantId}`,
  image: "/nhn/image",
  volume: `/nhn/volume/v2/${CREDENTIALS.tenantId}`,
} as const;

/** The same for standard OpenStack. */
export const STANDARD = {
  region: "RegionOne",
  identity: "/openstack/identity/v3",
  network: "/openstack/network",
  compute: "/openstack/compute/v2.1",
  image: "/openstack/image",
  volume: `/openstack/volume/v3/${CREDENTIALS.tenantId}`,
  loadBalancer: "/openstack/load-balancer",
} as const;
