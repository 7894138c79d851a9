/** Path of the SSM parameters in which machines report the status of their first boot; each machine has one with its name. */
export const FIRST_BOOT_REPORTS = "/groundwork/first-boot/";
