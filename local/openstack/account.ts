/** The credentials that the emulator accepts. They are not secret: they are valid for no other cloud. */
export const CREDENTIALS = {
  username: "tester",
  password: "local-only",
  tenantId: "0123456789abcdef0123456789abcdef",
} as const;

/** The owner fields of an object. */
export const OWNER = { tenant_id: CREDENTIALS.tenantId, project_id: CREDENTIALS.tenantId } as const;

/** Id of the only user. */
export const USER_ID = "fedcba9876543210fedcba9876543210";

/** Region and service paths of NHN Cloud, relative to the emulator's address. */
export const NHN = {
  region: "KR1",
  identity: "/nhn/identity/v2.0",
  network: "/nhn/network",
  compute: `/nhn/compute/v2/${CREDENTIALS.tenantId}`,
  image: "/nhn/image",
  volume: `/nhn/volume/v2/${CREDENTIALS.tenantId}`,
} as const;

/** Region and service paths of standard OpenStack. */
export const STANDARD = {
  region: "RegionOne",
  identity: "/openstack/identity/v3",
  network: "/openstack/network",
  compute: "/openstack/compute/v2.1",
  image: "/openstack/image",
  volume: `/openstack/volume/v3/${CREDENTIALS.tenantId}`,
  loadBalancer: "/openstack/load-balancer",
} as const;
