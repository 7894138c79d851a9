export { NETWORK_QUOTAS, type NetworkQuotas } from "../limits";
